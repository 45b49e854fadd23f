-- Why an employer does not confirm an application of somebody who names it, told to the applicant, and what he answers, for those who review.
create table employer_denials (
  case_number     varchar not null primary key references cases (case_number) on delete cascade,
  sealed_reason   varchar not null constraint employer_denials_sealed_reason_is_sealed check (sealed_reason like 'v2.%'),
  said_at         timestamp(6) with time zone not null,
  sealed_answer   varchar constraint employer_denials_sealed_answer_is_sealed check (sealed_answer like 'v2.%'),
  answered_at     timestamp(6) with time zone,
  constraint employer_denials_answers_are_whole check ((answered_at is null) = (sealed_answer is null))
);
