-- what the person is told of a benefit that people refused, or granted by a waiver; apart from their opinions, and sealed as these are
alter table decided_benefits add column grounds varchar;
