-- Why a job of the engine failed the last time, in words that may be shown (decision 204). The engine's own row of the job is no reference: it goes when the job works, and this one with the
-- next that is tried again.
create table job_failures (
  job             varchar primary key,
  kind            varchar not null constraint job_failures_kind_is_known check (kind in ('refused', 'database', 'storage', 'diagram', 'program')),
  zh              varchar not null,
  en              varchar not null,
  failed_at       timestamp(6) with time zone not null
);
