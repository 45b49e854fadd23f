-- in which language somebody reads his pages, once he has chosen one
alter table accounts add column language varchar(2) constraint accounts_language check (language in ('zh', 'en'));
