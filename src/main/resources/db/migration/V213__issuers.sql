-- Who signs in by an issuer outside (OpenID Connect), and under which account. The issuer by its address, the subject, which may be somebody's number, as a fingerprint.
create table issuer_identities (
  issuer          varchar not null,
  subject_mark    varchar not null,
  account         varchar not null references accounts (name),
  tied_at         timestamp(6) with time zone not null,
  primary key (issuer, subject_mark),
  unique (account, issuer)
);

-- Without a proposer: an issuer's claims ask for the role, and no administrator has taken it up.
alter table role_proposals alter column proposed_by drop not null;
