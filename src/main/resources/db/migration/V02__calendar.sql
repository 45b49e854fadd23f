-- Yearly holiday notices of the State Council as they were loaded. A row is never changed: a year has one notice.
create table calendar_notice (
  calendar_year integer primary key,
  content       varchar not null,
  loaded_at     timestamp(6) with time zone not null,
  loaded_by     varchar not null
);
