-- What stands behind a save's first pickle. NULL where that is not known, of saves that an earlier build migrated.

ALTER TABLE picklift_save
  -- How many pickles the value holds; a record of ZODB has two.
  ADD COLUMN record_count INT,
  -- Bytes behind the last of them that are neither a pickle nor padding. They are kept and restored, and are in no table.
  ADD COLUMN trailing_bytes BIGINT;
