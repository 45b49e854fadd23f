-- a password that the office made: it must be changed before anything else is done with it
alter table account add column password_given boolean default false not null;

-- an account that finance asked to have replaced: it is not taken again as another one
alter table bank_account add column set_aside boolean default false not null;
update bank_account set set_aside = true where case_number in (select number from cases where account_asked is not null);

-- looked up by person when somebody new is written down
create index run_benefit_of on run_benefit (person_key, benefit);
