-- Ways along which the board reads (decision 198): a person's work within one scheme, the running cases in the order of their promised days, and who decided beside the assessment.
create index done_tasks_of_account_and_scheme on done_tasks (account, scheme, done_at);
create index open_tasks_of_scheme_and_holder on open_tasks (scheme, assignee);
create index case_deadlines_in_order on case_deadlines (promised_by, case_number);
create index case_deadlines_of_scheme_in_order on case_deadlines (scheme, promised_by, case_number);
create index overrides_of_account on overrides (account, at);
