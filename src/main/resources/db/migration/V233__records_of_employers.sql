-- Records that are counted for an employer are those of the cases that name it.
create index cases_of_employer on cases (employer_code);
