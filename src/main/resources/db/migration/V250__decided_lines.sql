-- What was granted for each employee of a roster, as own records of later cases, whichever employer hands him in (decision 165).
create table decided_lines (
  case_number     varchar not null references cases (case_number),
  benefit         varchar not null,
  line            integer not null,
  person_key      varchar not null,                       -- of his identity card, whether he is on record or not
  amount_fen      bigint not null,
  level           integer,
  primary key (case_number, benefit, line)
);
create index decided_lines_of_person on decided_lines (person_key);
