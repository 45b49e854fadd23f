-- what-if runs 试算: asked, how far, and what came of them; figures only, nobody's facts
create table what_if (
  id              varchar primary key,
  scheme          varchar not null,
  package_before  varchar not null,
  package_after   varchar not null,
  over_whom       varchar not null,
  samples         boolean not null default false,
  people          bigint not null,
  seed            bigint not null,
  from_day        date not null,
  to_day          date not null,
  state           varchar not null,
  done            bigint not null default 0,
  asked_by        varchar not null,
  asked_at        timestamp(6) with time zone not null,
  started_at      timestamp(6) with time zone,
  ended_at        timestamp(6) with time zone,
  seen_at         timestamp(6) with time zone not null,
  result          varchar
);
create index what_if_by_time on what_if (asked_at);
