-- Rows of a handed-in table that could not be taken into a roster: they wait for the employer to correct them, and go when he has, when he discards them, or when the claim is sent.
create table roster_returns (
  case_number     varchar not null primary key references cases (case_number) on delete cascade,
  sealed_rows     varchar not null constraint roster_returns_sealed_rows_is_sealed check (sealed_rows like 'v2.%'),
  at              timestamp(6) with time zone not null
);
