-- Who files a case for somebody else 代办, until it is sent or stopped. The row stays: whoever filed it does not judge it.
create table case_mandates (
  case_number     varchar not null primary key references cases (case_number) on delete cascade,
  agent           varchar not null,                       -- the account that files
  kind            varchar not null constraint case_mandates_kind_is_known check (kind in ('counter', 'home')),
  begun_at        timestamp(6) with time zone not null,
  ended_at        timestamp(6) with time zone,
  ended_as        varchar constraint case_mandates_ended_as_is_known check (ended_as in ('sent', 'stopped')),
  constraint case_mandates_ends_are_whole check ((ended_at is null) = (ended_as is null))
);
create index case_mandates_of on case_mandates (agent, ended_at);
