-- What-if runs 试算: asked, how far, and what came of them; figures only, nobody's facts.
create table what_if_runs (
  id              varchar primary key,
  scheme          varchar not null,
  package_before  varchar not null references policy_packages (hash),
  package_after   varchar not null references policy_packages (hash),
  over_whom       varchar not null constraint what_if_runs_over_whom_is_known check (over_whom in ('synthetic', 'archive')),
  samples         boolean not null default false,
  people          bigint not null,
  seed            bigint not null,
  from_day        date not null,
  to_day          date not null,
  state           varchar not null constraint what_if_runs_state_is_known check (state in ('waiting', 'running', 'done', 'cancelled', 'failed', 'interrupted')),
  done            bigint not null default 0,
  asked_by        varchar not null,
  asked_at        timestamp(6) with time zone not null,
  started_at      timestamp(6) with time zone,
  ended_at        timestamp(6) with time zone,
  seen_at         timestamp(6) with time zone not null,
  result          varchar
);
create index what_if_runs_by_time on what_if_runs (asked_at);
