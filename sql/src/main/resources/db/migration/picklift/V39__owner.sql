-- Who owns a save. 'source': its row in the source is what counts, and backfill follows it. 'tables': the new application writes
-- the save's rows; no run replaces or deletes them, whatever becomes of the source's row. owned_since: when the tables became its
-- owner; NULL while the source is. May run again after it was interrupted.
SET @picklift = IF(
  (SELECT COUNT(*) FROM information_schema.columns
   WHERE table_schema = DATABASE() AND table_name = 'picklift_save' AND column_name = 'owner') > 0,
  'DO 0',
  'ALTER TABLE picklift_save
     ADD COLUMN owner VARCHAR(6) NOT NULL DEFAULT ''source'',
     ADD COLUMN owned_since DATETIME(6)');
PREPARE picklift FROM @picklift;
EXECUTE picklift;
DEALLOCATE PREPARE picklift;
