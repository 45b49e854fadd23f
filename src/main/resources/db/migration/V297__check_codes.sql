-- By which anybody who holds a document finds out whether it was issued; those from before have none.
alter table issued_documents add column check_code varchar(14) constraint issued_documents_check_code unique;
