-- What is archived of a save is bound to that save: a residue of another save, a changed recipe or a damaged original is
-- told from the one that was archived. May run again after it was interrupted, as MySQL has no transactions for DDL.
--
-- content_sha256 is the SHA-256 of this text, where a NULL is a dash and a BLOB's hash is in lower-case hex:
--   picklift archive 1
--   save <save_id>
--   residue <SHA-256 of residue>
--   recipe <encoding_recipe, in brackets>
--   original <SHA-256 of original> <original_bytes>
-- with a line feed between the lines and none at the end. It is NULL where an earlier Picklift archived the save, until
-- the next migrate or backfill.
SET @picklift = IF(
  (SELECT COUNT(*) FROM information_schema.columns
   WHERE table_schema = DATABASE() AND table_name = 'picklift_archive' AND column_name = 'content_sha256') > 0,
  'DO 0',
  'ALTER TABLE picklift_archive ADD COLUMN content_sha256 BINARY(32)');
PREPARE picklift FROM @picklift;
EXECUTE picklift;
DEALLOCATE PREPARE picklift;
