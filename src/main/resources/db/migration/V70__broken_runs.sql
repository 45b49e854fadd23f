-- Schemes of which a half-yearly run could not be opened, with the reason: it is tried again a day later, until it opens. Other schemes go on.
create table broken_run (
  scheme varchar primary key,
  run_number varchar,                      -- null where not even the next run's day can be told
  tried_at timestamp(6) with time zone not null,
  zh varchar not null,
  en varchar not null
);
