-- Schemes of the folders that nobody can apply for yet: when one is offered, two people have to want it, although the database has no package of it.
create table waiting_schemes (
  scheme          varchar primary key,
  seen_at         timestamp(6) with time zone not null
);
