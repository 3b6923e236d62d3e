-- carried_sha256 is the hash of what a source row brings into the target beside its save: a change of it is a change of the row.
-- May run again after it was interrupted.
SET @picklift = IF(
  (SELECT COUNT(*) FROM information_schema.columns
   WHERE table_schema = DATABASE() AND table_name = 'picklift_save' AND column_name = 'carried_sha256') > 0,
  'DO 0',
  'ALTER TABLE picklift_save ADD COLUMN carried_sha256 BINARY(32)');
PREPARE picklift FROM @picklift;
EXECUTE picklift;
DEALLOCATE PREPARE picklift;
