-- What has been at its step for longest, whoever holds it.
create index open_tasks_by_since on open_tasks (since, task);
