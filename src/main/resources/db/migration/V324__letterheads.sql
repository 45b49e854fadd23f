-- What stood at the head and at the end of documents when they were issued: whose they are, and the picture of the seal (PNG, base64). Those from before take what is set when they are first opened.
create table letterheads (
  hash    varchar(64) primary key,                          -- SHA-256 of content and seal
  content varchar not null,                                 -- JSON
  seal    varchar
);
alter table issued_documents add column letterhead_hash varchar(64) references letterheads (hash);
