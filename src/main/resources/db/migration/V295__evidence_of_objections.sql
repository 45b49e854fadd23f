-- What an objector hands in with his objection: kept as the other papers are, yet none of the applicant's.
alter table evidence add column objection_id bigint references objections (id);
create index evidence_of_objections on evidence (objection_id);
