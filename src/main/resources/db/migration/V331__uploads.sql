-- Papers on their way: a file that travels in parts, so that a phone that loses the network goes on where it was. The parts lie encrypted like papers, and go once the file is whole, is taken back or is a day old.
create table uploads (
  row_key          varchar primary key,
  case_number      varchar not null references cases (case_number) on delete cascade,
  need             varchar not null,
  bytes            bigint not null constraint uploads_bytes_are_some check (bytes > 0),
  file_mark        varchar not null,                       -- by which the same file is known when it is chosen again
  sealed_file_name varchar not null constraint uploads_sealed_file_name_is_sealed check (sealed_file_name like 'v2.%'),
  begun_at         timestamp(6) with time zone not null,
  constraint uploads_are_begun_once unique (case_number, need, file_mark)
);
create index uploads_begun on uploads (begun_at);

create table upload_parts (
  place         varchar primary key,
  upload_key    varchar not null references uploads (row_key) on delete cascade,
  first_byte    bigint not null,
  bytes         bigint not null,
  sealed_key    varchar not null constraint upload_parts_sealed_key_is_sealed check (sealed_key like 'v2.%'),
  constraint upload_parts_follow_each_other unique (upload_key, first_byte)
);
