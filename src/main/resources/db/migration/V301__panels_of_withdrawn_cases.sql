-- A panel of a case that is taken back ends without a result; those of before end with their case.
alter table panels drop constraint panels_result_is_known;
alter table panels add constraint panels_result_is_known check (result in ('approve', 'reject', 'undecided', 'ended'));
update panels set result = 'ended', decided_at = (select c.closed_at from cases c where c.case_number = panels.case_number)
  where result is null and case_number in (select c.case_number from cases c where c.outcome = 'withdrawn');
