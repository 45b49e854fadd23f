-- Whoever proposed a package may take the proposal back before anybody has decided.
alter table policy_proposals drop constraint policy_proposals_state_is_known;
alter table policy_proposals add constraint policy_proposals_state_is_known check (state in ('open', 'published', 'declined', 'withdrawn'));
