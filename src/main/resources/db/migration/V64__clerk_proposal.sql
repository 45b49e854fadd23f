-- who is to be an employer's clerk and has not said yes or no yet; nothing of the employer is open to him until then
create table clerk_proposal (
  account varchar not null references account (name),
  employer_code varchar not null,
  employer_name varchar not null,
  proposed_by varchar not null,
  proposed_at timestamp(6) with time zone not null,
  primary key (account, employer_code)
);
create index clerk_proposal_of_employer on clerk_proposal (employer_code);
