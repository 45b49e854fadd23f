-- How far ahead of the wall the demo's clock stands, so that it survives a restart. One row at most.
create table demo_clock (
  id              integer primary key check (id = 1),
  offset_millis   bigint not null
);
