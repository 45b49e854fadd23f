-- What was kept of a case is gone, but for what names nobody: its number, way, day and sums (decision 153).
alter table cases add column erased_at timestamp(6) with time zone;
create index cases_to_erase on cases (closed_at);

-- An account whose holder wants it closed; until then he may change his mind.
create table account_closings (
  account         varchar primary key references accounts (name),
  asked_at        timestamp(6) with time zone not null,
  takes_effect    timestamp(6) with time zone not null,
  closed_at       timestamp(6) with time zone
);
create index account_closings_due on account_closings (takes_effect);

-- The daily run that erases what is due: once a day, whichever node does it.
create table erasure_runs (
  run_day         date primary key,
  at              timestamp(6) with time zone not null,
  erased          varchar not null                        -- how many of which kind, as JSON
);
