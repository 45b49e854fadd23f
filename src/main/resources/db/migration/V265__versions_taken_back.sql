-- What was changed on a page comes of another version, and may be taken back to it while it is on its way.
alter table policy_packages add column edited_from varchar references policy_packages (hash);
alter table policy_packages add column taken_back_by varchar;
alter table policy_packages add column taken_back_at timestamp(6) with time zone;
alter table policy_packages add constraint policy_packages_taken_back_by_somebody check ((taken_back_by is null) = (taken_back_at is null));
