-- Towns and streets 镇街 of the city, entered here as data. While there is none, nobody's lists are limited by them.
create table districts (
  code            varchar primary key,
  zh              varchar not null,
  en              varchar not null
);

-- Where an employer is; and which districts an officer works for. Who has one sees only cases of employers there, who has none sees all.
create table employer_districts (
  employer_code   varchar primary key,
  district        varchar not null references districts (code)
);
create table account_districts (
  account         varchar not null references accounts (name),
  district        varchar not null references districts (code),
  primary key (account, district)
);
