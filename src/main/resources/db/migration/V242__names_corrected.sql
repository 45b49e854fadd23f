-- A name that the counter has entered by a person's document, until a second person has compared it too. Answered rows go; the record keeps who, when and for which reason (decision 154).
create table name_corrections (
  account         varchar primary key references accounts (name),
  sealed_name     varchar not null constraint name_corrections_sealed_name_is_sealed check (sealed_name like 'v2.%'),
  reason          varchar not null constraint name_corrections_reason_is_known check (reason in ('mistyped', 'changed', 'other-script')),
  entered_by      varchar not null references accounts (name),
  entered_at      timestamp(6) with time zone not null
);
