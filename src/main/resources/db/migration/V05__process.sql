-- How far ahead of the wall the demo's clock stands, so that it survives a restart. One row at most.
create table demo_clock (
    id integer primary key check (id = 1),
    offset_millis bigint not null
);

-- One row, locked while a node that starts makes Tasklist's filters and rights, so that two nodes don't make them twice.
create table tasklist_setup (
    id integer primary key check (id = 1)
);
insert into tasklist_setup (id) values (1);
