-- An employee objects to his own line of a roster while the notice runs (decision 181); null for an objection to the notice as a whole.
alter table objections add column line integer;
-- A message to somebody in a roster about his own line leads there; the case itself is the employer's.
alter table case_messages add column own_line boolean not null default false;
