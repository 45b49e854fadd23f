-- Monthly samples 稽核: what was decided in a month, as it was found when the month was over, and what was drawn of it by a seed that anybody can use again.
create table monthly_samples (
  sample_month    varchar primary key constraint monthly_samples_month_is_one check (sample_month like '____-__'),
  seed            varchar not null,                       -- hash of the record's last entry of the month
  seed_entry      bigint not null,
  population_hash varchar not null,
  percent         int not null constraint monthly_samples_percent_is_one check (percent between 1 and 100),
  drawn_at        timestamp(6) with time zone not null
);

-- All of it. Patterns are codes, divided by commas.
create table sample_members (
  sample_month    varchar not null references monthly_samples (sample_month),
  case_number     varchar not null references cases (case_number),
  patterns        varchar not null,
  primary key (sample_month, case_number)
);

-- Those drawn, with the lists from which they were drawn, and what was found.
create table sampled_cases (
  sample_month    varchar not null,
  case_number     varchar not null,
  drawn_from      varchar not null,
  inspector       varchar,
  taken_at        timestamp(6) with time zone,
  finding         varchar constraint sampled_cases_finding_is_known check (finding in ('in-order', 'deficient')),
  measure         varchar constraint sampled_cases_measure_is_known check (measure in ('correct', 'reopen', 'instruct')),
  sealed_words    varchar constraint sampled_cases_sealed_words_is_sealed check (sealed_words like 'v2.%'),
  found_at        timestamp(6) with time zone,
  carried_out_by  varchar,
  sealed_done     varchar constraint sampled_cases_sealed_done_is_sealed check (sealed_done like 'v2.%'),
  carried_out_at  timestamp(6) with time zone,
  primary key (sample_month, case_number),
  foreign key (sample_month, case_number) references sample_members (sample_month, case_number),
  constraint sampled_cases_measures_follow_faults check ((measure is not null) = (finding is not null and finding = 'deficient'))
);
create index sampled_cases_of on sampled_cases (case_number);
create index decisions_of_day on decisions (decided_on);
insert into locks (name) values ('monthly-samples');
