-- Rows that somebody wrote into the audit record behind its end: set aside so that the record goes on, and kept as they were found (decision 138). As in audit_entries, but nothing holds of them.
create table audit_strays (
  id              bigint generated always as identity primary key,
  found_at        timestamp(6) with time zone not null,
  seq             bigint not null,
  at              timestamp(6) with time zone not null,
  kind            varchar not null,
  case_number     varchar,
  stage           varchar,
  what_zh         varchar not null,
  what_en         varchar not null,
  account         varchar not null,
  role            varchar,
  details         varchar not null,
  previous        varchar not null,
  hash            varchar not null
);
