-- The clocks that run 办理期限: one row for each case between acceptance and signature, so that what is due, late or to be reminded of is found without looking at what is finished
-- (decision 198). Kept by the clock of the case, in the transaction in which it starts, stops, runs on or ends.
create table case_deadlines (
  case_number     varchar primary key references cases (case_number) on delete cascade,
  scheme          varchar not null,
  promised_by     date not null,
  remind_on       date not null,                          -- two thirds of the lawful working days are over on it
  lawful_by       date not null,                          -- the last lawful day (by analogy with 行政许可法 42)
  extended_days   int not null default 0,                 -- working days, with the leader's approval
  stands          boolean not null default false,         -- at a step whose days don't count
  reminded_at     timestamp(6) with time zone,
  escalated_at    timestamp(6) with time zone
);
create index case_deadlines_to_remind on case_deadlines (reminded_at, stands, remind_on);
create index case_deadlines_to_escalate on case_deadlines (escalated_at, stands, lawful_by);
create index case_deadlines_by_promise on case_deadlines (stands, promised_by);
create index case_deadlines_by_law on case_deadlines (stands, lawful_by);
create index case_deadlines_of_scheme on case_deadlines (scheme, stands, promised_by);

-- Why the leader gave more time 延长期限, in words for the applicant; once for a case.
create table case_extensions (
  case_number     varchar primary key references cases (case_number) on delete cascade,
  account         varchar not null,
  granted_at      timestamp(6) with time zone not null,
  working_days    int not null,
  lawful_from     date not null,
  lawful_to       date not null,
  promised_to     date not null,
  sealed_reason   varchar constraint case_extensions_sealed_reason_is_sealed check (sealed_reason like 'v2.%')
);
alter table case_promise_moves add column extended boolean not null default false;

alter table issued_documents drop constraint issued_documents_kind_is_known;
alter table issued_documents add constraint issued_documents_kind_is_known check (kind in ('acceptance-notice', 'supplement-notice', 'not-accepted-notice', 'decision', 'grant-resumed', 'extension-notice'));
alter table document_counts drop constraint document_counts_kind_is_known;
alter table document_counts add constraint document_counts_kind_is_known check (kind in ('acceptance-notice', 'supplement-notice', 'not-accepted-notice', 'decision', 'grant-resumed', 'extension-notice'));

-- Reminded of: the case of the task has used two thirds of its lawful days.
alter table open_tasks add column reminded boolean not null default false;
create index open_tasks_reminded on open_tasks (group_code, assignee, reminded, due, task);
create index open_tasks_reminded_of on open_tasks (reminded, due, task);
