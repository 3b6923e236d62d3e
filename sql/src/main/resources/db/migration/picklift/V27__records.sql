-- What follows a save's first pickle. NULL where that is not known, of saves that an earlier build migrated.
-- record_count: how many pickles the value holds; a record of ZODB has two. trailing_bytes: how many bytes after the last of them
-- are neither a pickle nor padding. They are kept and restored, and are in no table. May run again after it was interrupted.
SET @picklift = IF(
  (SELECT COUNT(*) FROM information_schema.columns
   WHERE table_schema = DATABASE() AND table_name = 'picklift_save' AND column_name = 'record_count') > 0,
  'DO 0',
  'ALTER TABLE picklift_save
     ADD COLUMN record_count INT,
     ADD COLUMN trailing_bytes BIGINT');
PREPARE picklift FROM @picklift;
EXECUTE picklift;
DEALLOCATE PREPARE picklift;
