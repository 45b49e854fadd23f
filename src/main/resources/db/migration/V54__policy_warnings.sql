-- what the checks find odd in a proposed package, and why the person who proposes it wants it all the same: a signature each
create table policy_warning (
  proposal bigint not null references policy_proposal (id),
  number integer not null,
  place varchar not null,
  code varchar not null,
  message_zh varchar not null,
  message_en varchar not null,
  reason varchar not null,
  signed_by varchar not null,
  signed_at timestamp(6) with time zone not null,
  primary key (proposal, number)
);
