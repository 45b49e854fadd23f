-- who did what: entries are only ever added; each carries the hash of the one before it
create table audit_entry (
  seq bigint primary key,
  at timestamp(6) with time zone not null,
  kind varchar not null,
  case_number varchar,
  stage varchar,
  what_zh varchar not null,
  what_en varchar not null,
  account varchar not null,
  role varchar,
  details varchar not null,
  previous varchar not null,
  hash varchar not null
);
create index audit_by_case on audit_entry (case_number, seq);
create index audit_by_account on audit_entry (account, seq);
create index audit_by_kind on audit_entry (kind, seq);
create index audit_by_day on audit_entry (at);

-- the end of the chain; its row lock lets one transaction at a time add to it
create table audit_head (
  id integer primary key,
  seq bigint not null,
  hash varchar not null
);
insert into audit_head (id, seq, hash) values (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
