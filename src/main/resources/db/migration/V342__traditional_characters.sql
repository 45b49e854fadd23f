-- who reads traditional characters keeps that too
alter table accounts alter column language set data type varchar(7);
alter table accounts drop constraint accounts_language;
alter table accounts add constraint accounts_language check (language in ('zh', 'zh-Hant', 'en'));

-- what was filled into a message, an employer's name among it, which is not written in other characters; one a line
alter table case_messages add column names varchar not null default '';
