-- What is sealed is bound to its row, and a sealed value names its key (decision 120). Keys with which values of this database are sealed:
create table vault_keys (
  key_id          varchar primary key,
  old_form        boolean not null           -- values may be left from before that are bound to no row
);

-- Rows with a number that the database gives are not yet named when their words are sealed: they get a key of their own beforehand.
alter table case_facts add column row_key varchar;
update case_facts set row_key = 'row ' || id;
alter table case_facts alter column row_key set not null;
alter table case_facts add constraint case_facts_row_key unique (row_key);
alter table case_assessments add column row_key varchar;
update case_assessments set row_key = 'row ' || id;
alter table case_assessments alter column row_key set not null;
alter table case_assessments add constraint case_assessments_row_key unique (row_key);
alter table case_hearings add column row_key varchar;
update case_hearings set row_key = 'row ' || id;
alter table case_hearings alter column row_key set not null;
alter table case_hearings add constraint case_hearings_row_key unique (row_key);
alter table objections add column row_key varchar;
update objections set row_key = 'row ' || id;
alter table objections alter column row_key set not null;
alter table objections add constraint objections_row_key unique (row_key);
alter table payment_step add column row_key varchar;
update payment_step set row_key = 'row ' || id;
alter table payment_step alter column row_key set not null;
alter table payment_step add constraint payment_step_row_key unique (row_key);

-- What stood in the clear: why an officer recorded a fact, what an applicant is asked for, finance's opinion. V73 seals it, which takes the key.
alter table case_facts add column sealed_note varchar;
alter table cases add column sealed_asked varchar;              -- null: nothing is asked
alter table payment_step add column sealed_opinion varchar;
