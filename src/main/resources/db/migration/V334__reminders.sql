-- What an applicant is to do, or may do, by a day of which he is reminded 到期提醒 (decision 228). A row begins when it is asked and is gone when its day is over; whether it is
-- still asked is looked up when next_on has come.
create table case_reminders (
  case_number     varchar not null references cases (case_number) on delete cascade,
  kind            varchar not null constraint case_reminders_kind_is_known check (kind in ('supplement', 'hearing', 'account', 'instalment')),
  subject         varchar not null,                       -- benefit and number of an instalment; otherwise empty
  begins_on       date not null,
  last_on         date,                                   -- as it was looked up last
  told_on         date,                                   -- the last reminder
  next_on         date not null,
  primary key (case_number, kind, subject)
);
create index case_reminders_by_day on case_reminders (next_on);
