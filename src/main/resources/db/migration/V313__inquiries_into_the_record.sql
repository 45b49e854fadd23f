-- The record is searched by what was done, by whom and in which role, and by day: newest first, without reading what lies outside the days.
create index audit_entries_of_kind_by_day on audit_entries (kind, at, seq);
create index audit_entries_of_account_by_day on audit_entries (account, at, seq);
create index audit_entries_of_role_by_day on audit_entries (role, at, seq);
drop index audit_entries_by_day;
create index audit_entries_by_day on audit_entries (at, seq);

-- Who looked at whom is told by day and by officer; who approves for whom by day.
create index case_looks_by_day on case_looks (at, id);
create index case_looks_by_account on case_looks (account, at, id);
create index opinions_by_day on opinions (at, id);
