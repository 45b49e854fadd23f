-- A folder's package is kept with the registers in force (decision 182), so the folder itself is known by a hash of its own.
alter table policy_folders add column as_written varchar;     -- of all that the folder holds, with the registers beside it; null: as its package
