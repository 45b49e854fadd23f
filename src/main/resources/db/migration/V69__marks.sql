-- A mark under what money goes by, made with the city's key: whoever changes a row without it can't make the mark that belongs to the change.
alter table bank_account add column mark varchar;              -- over the case and its account
alter table payment add column mark varchar;                   -- over who is paid what out of what into which account
alter table payment add column standing_mark varchar;          -- over where it stands: status, room, batch, key
alter table payment_batch_item add column mark varchar;        -- over what went to the bank

-- Rows from before have none. They get theirs once, at the first start after this migration; null: not yet.
create table first_marks (
  table_name varchar primary key,
  made_at timestamp(6) with time zone
);
insert into first_marks (table_name) values ('bank_account'), ('payment'), ('payment_batch_item');

create index budget_entry_of_payment on budget_entry (payment_id);
