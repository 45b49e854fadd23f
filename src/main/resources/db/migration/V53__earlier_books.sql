-- Benefits of which the grants before this system are on record as a whole, be it that there are none (rulebook 3).
create table earlier_books (
  benefit         varchar primary key,
  loaded_at       timestamp(6) with time zone not null,
  loaded_by       varchar not null
);
