-- Roles of staff; those by two are given by one administrator and confirmed by another. What the city wants otherwise is changed here, as data.
create table staff_roles (
  role            varchar primary key constraint staff_roles_role_is_known check (role in ('intake', 'reviewer', 'senior-reviewer', 'leader', 'expert', 'supervisor',
                  'finance', 'finance-approver', 'auditor', 'policy-admin', 'policy-approver', 'admin')),
  by_two          boolean not null
);
insert into staff_roles (role, by_two) values
  ('intake', false), ('reviewer', false), ('senior-reviewer', false), ('leader', false), ('expert', false), ('supervisor', false),
  ('finance', true), ('finance-approver', true), ('auditor', true), ('policy-admin', true), ('policy-approver', true), ('admin', true);

-- Roles that one person never holds together, each pair once (不相容岗位相互分离).
create table role_exclusions (
  one_role        varchar not null references staff_roles (role),
  other_role      varchar not null references staff_roles (role),
  primary key (one_role, other_role),
  check (one_role <> other_role)
);
insert into role_exclusions select 'admin', role from staff_roles where role <> 'admin';
insert into role_exclusions select 'auditor', role from staff_roles where role not in ('admin', 'auditor');
insert into role_exclusions (one_role, other_role) values
  ('finance', 'finance-approver'), ('finance', 'policy-admin'), ('finance', 'policy-approver'),
  ('finance-approver', 'policy-admin'), ('finance-approver', 'policy-approver'), ('policy-admin', 'policy-approver');

-- Roles that one administrator has given and another has not confirmed yet; they count from then. What was answered stands in the record.
create table role_proposals (
  account         varchar not null references accounts (name),
  proposed_role   varchar not null references staff_roles (role),
  proposed_by     varchar not null,
  proposed_at     timestamp(6) with time zone not null,
  primary key (account, proposed_role)
);

-- Who made the password that an account was last given, and when: he does not count as another person beside its holder for some days.
alter table accounts add column password_given_by varchar;
alter table accounts add column password_given_at timestamp(6) with time zone;

-- The one-time token serves for two administrators, each with a password of his own.
create table first_administrators (
  place           integer primary key check (place in (1, 2)),
  account         varchar not null,
  made_at         timestamp(6) with time zone not null
);
insert into first_administrators (place, account, made_at) select id, account, made_at from first_administrator;
drop table first_administrator;
