-- The demo's sample people: what each simulated source knows of them, sealed. Empty elsewhere.
create table simulated_people (
  person_key      varchar primary key,
  scheme          varchar not null,
  sealed_facts    varchar not null constraint simulated_people_sealed_facts_is_sealed check (sealed_facts like 'v2.%'),
  made_at         timestamp(6) with time zone not null
);
