-- Reviewers refuse single lines of a roster and clear those that only people can judge (decision 181): by line, whole with each statement.
alter table opinions add column refused_lines varchar not null default '[]';
alter table opinions add column cleared_lines varchar not null default '[]';
-- Lines that people refused when the decision was signed, with what the employer and the employee are told of it.
create table refused_lines (
  case_number     varchar not null references cases (case_number),
  line            integer not null,
  sealed_grounds  varchar constraint refused_lines_sealed_grounds_is_sealed check (sealed_grounds like 'v2.%'),
  primary key (case_number, line)
);
-- When the employer handed the roster in; null for those of before, of which nobody has asked for it again.
alter table case_lines add column handed_in_at timestamp(6) with time zone;
