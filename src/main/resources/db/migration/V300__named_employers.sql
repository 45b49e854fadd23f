-- Whom the holder of a document has named as his employer: an officer who has named the same one is kept out of the case (decision 197).
alter table person_marks drop constraint person_marks_kind_is_known;
alter table person_marks add constraint person_marks_kind_is_known check (kind in ('account', 'certificate', 'employer'));
insert into person_marks (person_key, kind, mark)
  select distinct c.person_key, 'employer', c.employer_code from cases c join persons p on p.person_key = c.person_key
  where c.employer_code is not null and c.stage <> 'draft';
