-- A package may also come of what was changed on a page.
alter table policy_packages drop constraint policy_packages_origin_is_known;
alter table policy_packages add constraint policy_packages_origin_is_known check (origin in ('folder', 'upload', 'trial', 'edited'));
