-- Passkeys (WebAuthn): an account has as many as its holder has set up. What proves a signature is sealed, so that none is put in here by hand.
create table passkeys (
  credential_id      varchar primary key,                  -- of the authenticator, base64url
  account            varchar not null references accounts (name),
  user_handle        varchar not null,                     -- what the authenticator knows the account by; tells nothing of its holder
  sealed_label       varchar not null constraint passkeys_sealed_label_is_sealed check (sealed_label like 'v2.%'),
  sealed_attestation varchar not null constraint passkeys_sealed_attestation_is_sealed check (sealed_attestation like 'v2.%'),
  transports         varchar not null,
  sign_count         bigint not null,                      -- of its signatures, by the authenticator; 0 where it does not count
  since              timestamp(6) with time zone not null,
  last_used          timestamp(6) with time zone
);
create index passkeys_account on passkeys (account);

-- Codes on paper stand for whichever second factor is lost, so they are the account's.
create table recovery_codes_of_accounts (
  account         varchar not null references accounts (name),
  code_mark       varchar not null,
  primary key (account, code_mark)
);
insert into recovery_codes_of_accounts (account, code_mark) select account, code_mark from recovery_codes;
drop table recovery_codes;
alter table recovery_codes_of_accounts rename to recovery_codes;
