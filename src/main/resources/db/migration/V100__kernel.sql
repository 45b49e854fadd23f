-- One row for each piece of work that nodes do one after the other: whoever does it holds the row until his transaction ends. Nothing else is locked for its own sake.
create table locks (
  name            varchar primary key
);
insert into locks (name) values ('document-numbers'), ('half-yearly-runs'), ('packages'), ('tasklist-setup');
