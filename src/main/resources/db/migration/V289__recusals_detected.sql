-- Who was an employer's clerk: its cases are not his to decide, whatever he does now.
create table former_clerks (
  account         varchar not null references accounts (name),
  employer_code   varchar not null,
  until_at        timestamp(6) with time zone not null,
  primary key (account, employer_code)
);
create index former_clerks_of on former_clerks (employer_code);
create index persons_by_phone on persons (phone_mark);
