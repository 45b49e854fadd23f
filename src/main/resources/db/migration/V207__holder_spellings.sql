-- Holder and applicant are one name in two scripts: said by whoever makes the payment, and then by whoever approves it (decision 140). The mark is over payment and both words.
create table payment_spellings (
  payment_id      bigint not null references payments (id),
  mark            varchar not null,
  said_by         varchar not null,
  said_at         timestamp(6) with time zone not null,
  primary key (payment_id, mark)
);
