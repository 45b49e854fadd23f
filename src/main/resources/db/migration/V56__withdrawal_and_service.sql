-- why the applicant took a case back, sealed as the answers are
alter table cases add column withdrawal_reason varchar;

-- how and by whom a decision was handed over otherwise than by opening it on the portal (rulebook 7.9)
alter table decisions add column served_how varchar;
alter table decisions add column served_by varchar;
