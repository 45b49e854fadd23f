-- The chain's end at a moment, signed with a key that the database does not hold. Each stands also in a file outside the database, and only ever added to in both.
create table audit_heads (
  id              bigint generated always as identity primary key,
  seq             bigint not null,                        -- of the last entry, 0 before the first
  hash            varchar not null,                       -- of that entry
  at              timestamp(6) with time zone not null,
  whole           boolean not null,                       -- the whole chain was read before, not only what followed the head before
  signed_by       varchar not null,                       -- the key, by what it is called
  signature       varchar not null                        -- Ed25519, base64
);
