-- Who did what: entries are only ever added, and each carries the hash of the one before it. They stay when what they tell of is deleted, so nothing here refers to other tables.
create table audit_entries (
  seq             bigint primary key,
  at              timestamp(6) with time zone not null,
  kind            varchar not null,
  case_number     varchar,
  stage           varchar,
  what_zh         varchar not null,                       -- as it was said
  what_en         varchar not null,
  account         varchar not null,
  role            varchar constraint audit_entries_role_is_known check (role in ('applicant', 'employer', 'intake', 'reviewer', 'senior-reviewer', 'leader',
                  'expert', 'supervisor', 'finance', 'finance-approver', 'auditor', 'policy-admin', 'policy-approver', 'admin')),
  details         varchar not null,
  previous        varchar not null,
  hash            varchar not null
);
create index audit_entries_of_case on audit_entries (case_number, seq);
create index audit_entries_by_account on audit_entries (account, seq);
create index audit_entries_by_kind on audit_entries (kind, seq);
create index audit_entries_by_day on audit_entries (at);

-- The end of the chain; its row lock lets one transaction at a time add to it. One row.
create table audit_head (
  id              integer primary key check (id = 1),
  seq             bigint not null,
  hash            varchar not null
);
insert into audit_head (id, seq, hash) values (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
