-- What waits for people, one row for each open task of the engine, written in the transaction in which the task comes, moves or goes: lists and counts are read from here
-- (decision 191). It names nobody. What a task is about is a number whose row may be older or younger than the task, so that it is no reference.
create table open_tasks (
  task            varchar primary key,
  diagram         varchar not null,                       -- the engine's definition, which tells the package and so the step
  step            varchar not null,
  kind            varchar not null,
  group_code      varchar,                                -- whose group may take it; null where it is for people by name
  decides         boolean not null,
  case_number     varchar references cases (case_number) on delete cascade,
  run_number      varchar,                                -- its row may be younger
  subject         varchar,                                -- the number of a payment or an objection
  scheme          varchar,
  amount_fen      bigint,
  since           timestamp(6) with time zone not null,
  due             timestamp(6) with time zone,
  assignee        varchar,
  returned        boolean not null,                       -- the case has been at this step before
  raised          boolean not null,                       -- past its own day or the day promised for its case
  asks_more       boolean not null                        -- whether somebody may take it depends on more than a look at indexes: of a run, of an employer, after an upheld objection
);
create index open_tasks_by_due on open_tasks (group_code, assignee, due, task);
create index open_tasks_by_age on open_tasks (group_code, assignee, since, task);
create index open_tasks_by_scheme on open_tasks (group_code, assignee, scheme, due, task);
create index open_tasks_raised on open_tasks (group_code, assignee, raised, due, task);
create index open_tasks_returned on open_tasks (group_code, assignee, returned, due, task);
create index open_tasks_by_amount on open_tasks (group_code, assignee, amount_fen);
create index open_tasks_held on open_tasks (assignee, due, task);
create index open_tasks_asking_more on open_tasks (asks_more, group_code, assignee);
create index open_tasks_late on open_tasks (raised, due, task);
create index open_tasks_of_case on open_tasks (case_number);
create index open_tasks_of_run on open_tasks (run_number);

-- Those who may take a task that is for people by name.
create table open_task_candidates (
  task            varchar not null references open_tasks (task) on delete cascade,
  account         varchar not null,
  primary key (task, account)
);
create index open_task_candidates_by_account on open_task_candidates (account);

-- What keeps a person out of cases is asked for by the person.
create index objections_by_account on objections (account);
create index case_recusals_by_account on case_recusals (account);
create index opinions_by_account on opinions (account, id);
