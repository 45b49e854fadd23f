-- How the experts of a panel were drawn: the seed that nobody chose, the pool with those who were left out of it, and the order by which a seat is filled again.
create table panel_draws (
  panel_id        bigint not null references panels (id),
  round           int not null,
  seed            varchar not null,                       -- hash of the record's last entry before the draw
  seed_entry      bigint not null,
  seats           int not null,
  pool_hash       varchar not null,
  drawn_at        timestamp(6) with time zone not null,
  primary key (panel_id, round)
);
-- All experts at that moment. Why one was left out is a code; null for those who were in the pool.
create table panel_candidates (
  panel_id        bigint not null,
  round           int not null,
  account         varchar not null,
  left_out        varchar,
  primary key (panel_id, round, account),
  foreign key (panel_id, round) references panel_draws (panel_id, round)
);
-- Whoever follows on a seat, and when the one before lost it without having voted.
alter table panel_seats add column replaces varchar;
alter table panel_seats add column seated_at timestamp(6) with time zone;
alter table panel_seats add column replaced_at timestamp(6) with time zone;
