-- What somebody has typed at a task that he has and has not handed in, sealed: his alone, and gone when the task is done or given to another.
create table task_drafts (
  task            varchar not null,
  account         varchar not null references accounts (name),
  sealed_fields   varchar not null constraint task_drafts_sealed_fields_is_sealed check (sealed_fields like 'v2.%'),
  changed_at      timestamp(6) with time zone not null,
  primary key (task, account)
);
