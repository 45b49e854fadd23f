-- what waits to be sent by e-mail is asked for every few seconds
create index case_messages_to_mail on case_messages (next_try);
