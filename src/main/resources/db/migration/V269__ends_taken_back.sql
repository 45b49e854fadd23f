-- An end that rested on a source's error is taken back by two officers (decision 188): it moves here with all that it was, and the months in between are paid by the next run.
create table taken_back_ends (
  row_key         varchar primary key,
  case_number     varchar not null references cases (case_number),
  benefit         varchar not null,
  run_number      varchar not null references pay_runs (run_number),         -- that had found the end
  ended_from      date not null,
  ended_at        timestamp(6) with time zone not null,
  sealed_grounds  varchar not null constraint taken_back_ends_sealed_grounds_is_sealed check (sealed_grounds like 'v2.%'),
  sealed_reason   varchar not null constraint taken_back_ends_sealed_reason_is_sealed check (sealed_reason like 'v2.%'),
  proposed_by     varchar not null,
  proposed_at     timestamp(6) with time zone not null,
  outcome         varchar constraint taken_back_ends_outcome_is_known check (outcome in ('approved', 'declined')),
  decided_by      varchar,
  decided_at      timestamp(6) with time zone,
  sealed_answer   varchar constraint taken_back_ends_sealed_answer_is_sealed check (sealed_answer like 'v2.%'),  -- of who declines
  document_id     bigint references issued_documents (id),
  source_changed  boolean not null default false                             -- the source has said otherwise since: its old word counts again when it comes back
);
create index taken_back_ends_of_case on taken_back_ends (case_number, benefit);
create index taken_back_ends_of_run on taken_back_ends (run_number);
create index taken_back_ends_of_document on taken_back_ends (document_id);

alter table issued_documents drop constraint issued_documents_kind_is_known;
alter table issued_documents add constraint issued_documents_kind_is_known check (kind in ('acceptance-notice', 'supplement-notice', 'not-accepted-notice', 'decision', 'grant-resumed'));
alter table document_counts drop constraint document_counts_kind_is_known;
alter table document_counts add constraint document_counts_kind_is_known check (kind in ('acceptance-notice', 'supplement-notice', 'not-accepted-notice', 'decision', 'grant-resumed'));
