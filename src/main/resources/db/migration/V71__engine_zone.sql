-- The zone in which the engine's columns, which have none of their own, are written. One row; a database that has cases already is given the zone of the
-- machine that starts it next, which is the one it was written in.
create table engine_zone (
    id integer primary key check (id = 1),
    zone varchar not null
);
insert into engine_zone (id, zone) select 1, 'Asia/Shanghai' where not exists (select 1 from cases);
