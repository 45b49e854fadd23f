-- A grant that runs pay may begin with the application, end for good and be suspended for a while (decision 166).
alter table run_benefits add column pays_after date;                       -- paid from the month after this day: of the decision, or of the application
update run_benefits set pays_after = decided_on;
alter table run_benefits alter column pays_after set not null;

alter table run_months drop constraint run_months_outcome_is_known;
alter table run_months add constraint run_months_outcome_is_known check (outcome in ('counted', 'no-post', 'gap', 'not-in-force', 'lifetime', 'suspended', 'ended'));

-- No later run orders it again.
create table ended_grants (
  case_number     varchar not null references cases (case_number),
  benefit         varchar not null,
  run_number      varchar not null references pay_runs (run_number),         -- that found it
  ended_from      date not null,                                            -- first day of the first month that is not paid
  reason          varchar not null,                                         -- its code
  sealed_grounds  varchar not null constraint ended_grants_sealed_grounds_is_sealed check (sealed_grounds like 'v2.%'), -- what the sources said and what the person was told
  ended_at        timestamp(6) with time zone not null,
  primary key (case_number, benefit)
);
create index ended_grants_of_run on ended_grants (run_number);

-- What a grant came to when it ended, and its last day in force.
alter table decided_benefits add column ended_on date;
alter table decided_benefits add column ended_amount_fen bigint;
