-- A move may be called off before its day by one of the two who decided it, or comes to nothing as its version is not in force; and why it could not be undone is told (decision 205).
alter table version_moves drop constraint version_moves_state_is_known;
alter table version_moves add constraint version_moves_state_is_known check (state in ('open', 'declined', 'withdrawn', 'moving', 'called-off', 'done', 'undoing', 'undone'));
alter table version_moves add column ended_by varchar;                          -- who called it off; null where it ended by itself
alter table version_moves add column ended_at timestamp(6) with time zone;
alter table version_moves add column ended_why varchar;                         -- a code, where it ended by itself
alter table version_moves add column end_note varchar;                          -- why it was called off
