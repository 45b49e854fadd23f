-- A declared tie can be taken back: asked for by the officer, with a reason, and granted by a supervisor. The row stays, with both reasons (decision 179).
alter table case_recusals add column back_asked_at timestamp(6) with time zone;
alter table case_recusals add column sealed_back_reason varchar constraint case_recusals_sealed_back_reason_is_sealed check (sealed_back_reason like 'v2.%');
alter table case_recusals add column taken_back_at timestamp(6) with time zone;
alter table case_recusals add column taken_back_by varchar references accounts (name);
