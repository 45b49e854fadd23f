-- by which ways somebody wants messages besides the inbox, once he has chosen: mail, texts, with a space between; empty for the inbox alone. Null: by mail, as before (decision 230)
alter table accounts add column message_ways varchar(20);
