-- What else a notice shows, so that people can object sensibly: employer and kind of document as they were when it began. A batch is what was published of one scheme on one day.
alter table notices add column row_key varchar unique;
alter table notices add column sealed_employer varchar constraint notices_sealed_employer_is_sealed check (sealed_employer like 'v2.%');
alter table notices add column document_type varchar;
create index notices_that_run on notices (ends, from_day);
-- By which the objector asks after his objection: a fingerprint of the code that he was told once.
alter table objections add column code_print varchar unique;
-- What is published of the answer, on the notice, without names.
alter table objections add column sealed_published varchar constraint objections_sealed_published_is_sealed check (sealed_published like 'v2.%');
