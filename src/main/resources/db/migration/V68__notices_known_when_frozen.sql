-- the notices that were loaded when a package was frozen: its worked examples are held to these, however many come later
alter table policy_package add column calendar_version varchar;
update policy_package set calendar_version = coalesce((select string_agg(cast(n.calendar_year as varchar), ',' order by n.calendar_year) from calendar_notice n
  where n.loaded_at <= policy_package.frozen_at), '');
