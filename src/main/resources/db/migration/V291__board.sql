-- How long it took 用时: one row for each step that a person has done, and for each case that was signed. The board looks at the last hundred of each, along an index, and never counts them all.
create table done_tasks (
  task            varchar primary key,
  step            varchar not null,
  scheme          varchar,
  case_number     varchar references cases (case_number) on delete cascade,
  run_number      varchar,                                -- its row may be younger
  account         varchar,
  group_code      varchar,
  done_at         timestamp(6) with time zone not null,
  working_days    int not null,                           -- 0: on the day on which it came
  limit_days      int                                     -- working days of the step's limit; null where it has none
);
create index done_tasks_of_step on done_tasks (step, done_at);
create index done_tasks_of_scheme on done_tasks (scheme, step, done_at);
create index done_tasks_of_account on done_tasks (account, done_at);
create index done_tasks_of_case on done_tasks (case_number);
create index done_tasks_of_run on done_tasks (run_number);

create table signed_cases (
  case_number     varchar primary key references cases (case_number) on delete cascade,
  scheme          varchar not null,
  signed_at       timestamp(6) with time zone not null,
  working_days    int not null,                           -- from acceptance, without those on which the clock stood
  promised_days   int not null,
  lawful_days     int not null
);
create index signed_cases_by_day on signed_cases (signed_at);
create index signed_cases_of_scheme on signed_cases (scheme, signed_at);

create index open_tasks_of_step on open_tasks (step, due, task);
create index open_tasks_of_step_and_scheme on open_tasks (scheme, step, due, task);
