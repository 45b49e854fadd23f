-- Where an answer of a case comes from that its person has not typed 免填 (decision 222). Never the answer itself: that is among the case's, sealed.
create table case_origins (
  case_number     varchar not null references cases (case_number) on delete cascade,
  field           varchar(100) not null,                   -- the form's key
  origin          varchar not null constraint case_origins_origin_is_known check (origin in ('account', 'case', 'source', 'number')),
  from_case       varchar,                                 -- the number of the earlier one
  source          varchar,                                 -- its code in the register of sources
  as_of           date not null,
  constraint case_origins_name_what_they_come_from check ((origin = 'case') = (from_case is not null) and (origin = 'source') = (source is not null)),
  primary key (case_number, field)
);

-- What an applicant wants to be asked again: answers that were handed in until then are offered no more.
create table forgotten_answers (
  account         varchar not null references accounts (name) on delete cascade,
  field           varchar(100) not null,
  forgotten_at    timestamp(6) with time zone not null,
  primary key (account, field)
);
