-- The SHA-256 of the BLOB that writeback is about to write into the source's row: entered before the source is touched, and NULL
-- again once the ledger says what the row says. Takes MySQL and MariaDB; may run again after it was interrupted.
SET @picklift = IF(
  (SELECT COUNT(*) FROM information_schema.columns
   WHERE table_schema = DATABASE() AND table_name = 'picklift_save' AND column_name = 'writing_sha256') > 0,
  'DO 0',
  'ALTER TABLE picklift_save ADD COLUMN writing_sha256 BINARY(32)');
PREPARE picklift FROM @picklift;
EXECUTE picklift;
DEALLOCATE PREPARE picklift;
