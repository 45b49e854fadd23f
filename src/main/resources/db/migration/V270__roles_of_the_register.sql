-- A role may be one of the register of roles, so no table knows them all. Of a further one it stands here whose rights it has, from when it was first given; two give it.
alter table staff_roles drop constraint staff_roles_role_is_known;
alter table account_roles drop constraint account_roles_role_is_known;
alter table case_timeline drop constraint case_timeline_role_is_known;
alter table payment_steps drop constraint payment_steps_by_role_is_known;
alter table case_looks drop constraint case_looks_role_is_known;
alter table audit_entries drop constraint audit_entries_role_is_known;

alter table staff_roles add column rights varchar references staff_roles (role);
