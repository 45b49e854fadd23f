-- What whoever proposes a version wishes for the cases that run; once it is published that is a proposal of its own (decision 205).
create table wished_moves (
  proposal_id     bigint primary key references policy_proposals (id),
  rule            varchar not null constraint wished_moves_rule_is_known check (rule in ('keep', 'move', 'ask-again')),
  proposed_at     timestamp(6) with time zone             -- when it became a proposal; null before
);

-- Asked every few seconds: which of the few locked accounts still hold a task.
create index accounts_locked on accounts (locked, name);
