-- how somebody wants pages to look, once he has chosen: words such as dark, large, high, still, with dots between
alter table accounts add column display varchar(40);
