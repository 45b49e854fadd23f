-- Places of a year are given one after the other (decision 173); what is granted in a year is counted at each.
insert into locks (name) values ('places-of-a-year');
create index decided_benefits_of_scheme on decided_benefits (scheme, decided_on);
