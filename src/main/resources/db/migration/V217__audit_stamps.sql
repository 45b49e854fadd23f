-- What a time-stamping service outside (RFC 3161) has said of a signed head.
create table audit_stamps (
  head_signature  varchar primary key,                    -- of audit_heads
  token           varchar not null,                       -- as it came, base64
  at              timestamp(6) with time zone not null    -- by the service's clock
);
