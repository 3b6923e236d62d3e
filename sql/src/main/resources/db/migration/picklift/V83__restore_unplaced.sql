-- Saves that were restored without some of their rows, which nothing in the save refers to. May run again after it was interrupted.
SET @picklift = IF(
  (SELECT COUNT(*) FROM information_schema.columns
   WHERE table_schema = DATABASE() AND table_name = 'picklift_restore' AND column_name = 'unplaced') > 0,
  'DO 0',
  'ALTER TABLE picklift_restore ADD COLUMN unplaced BIGINT NOT NULL DEFAULT 0');
PREPARE picklift FROM @picklift;
EXECUTE picklift;
DEALLOCATE PREPARE picklift;
