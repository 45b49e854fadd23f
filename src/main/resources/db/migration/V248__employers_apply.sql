-- An employer applies: it is on record by its credit code as a person is by his document, and its case is its own, whoever of its clerks sent it (decision 164).
alter table persons drop constraint persons_document_type_is_known;
alter table persons add constraint persons_document_type_is_known check (document_type in ('RESIDENT_ID', 'HK_MO_TW_RESIDENCE_PERMIT', 'TW_PERMIT', 'HK_MO_PERMIT',
  'PASSPORT', 'PERMANENT_RESIDENCE', 'CREDIT_CODE'));
alter table cases add column of_employer boolean not null default false;
