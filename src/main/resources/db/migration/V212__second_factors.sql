-- The second factor of an account: the secret that its holder's program counts codes from (RFC 6238), sealed. It counts once he has shown a code.
create table second_factors (
  account         varchar primary key references accounts (name),
  sealed_secret   varchar not null constraint second_factors_sealed_secret_is_sealed check (sealed_secret like 'v2.%'),
  in_use          boolean not null default false,
  last_step       bigint not null default 0,              -- of thirty seconds, since 1970: an earlier code, or the same, is not taken again
  since           timestamp(6) with time zone not null
);

-- One-time codes for whoever has lost his device, as fingerprints; each is deleted when it is used.
create table recovery_codes (
  account         varchar not null references second_factors (account) on delete cascade,
  code_mark       varchar not null,
  primary key (account, code_mark)
);

-- Who has last taken another's second factor away: like whoever made his password, he does not count as another person beside him for some days.
alter table accounts add column factor_taken_by varchar;
alter table accounts add column factor_taken_at timestamp(6) with time zone;

-- A program of the city signs in with its password at the API and nowhere else, and has no second factor.
alter table accounts add column program boolean not null default false;
