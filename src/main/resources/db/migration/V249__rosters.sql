-- The lines of a roster (decision 165): who each employee is and what is told of him, sealed as one. They go with their case.
create table case_lines (
  case_number     varchar not null references cases (case_number) on delete cascade,
  line            integer not null constraint case_lines_line_is_in_a_roster check (line between 1 and 1000),
  person_key      varchar not null,                       -- of his identity card, whether he is on record or not
  sealed_line     varchar not null constraint case_lines_sealed_line_is_sealed check (sealed_line like 'v2.%'),
  primary key (case_number, line)
);
create index case_lines_of_person on case_lines (person_key);
-- What an assessment of a roster rested on beside the facts of the claim; null where there was none.
alter table case_assessments add column sealed_lines varchar constraint case_assessments_sealed_lines_is_sealed check (sealed_lines like 'v2.%');
-- Two rosters may name the same employee: they are signed one after the other.
insert into locks (name) values ('rosters');
