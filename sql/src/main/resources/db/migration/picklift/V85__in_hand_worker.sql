-- Which worker process has saves in hand; NULL of a process that holds the target's lock. As long as that process lives, it has a
-- named lock of the server: picklift-l: and this. See batch/WORKERS.md. May run again after it was interrupted.
SET @picklift = IF(
  (SELECT COUNT(*) FROM information_schema.columns
   WHERE table_schema = DATABASE() AND table_name = 'picklift_in_hand' AND column_name = 'worker') > 0,
  'DO 0',
  'ALTER TABLE picklift_in_hand ADD COLUMN worker VARCHAR(36)');
PREPARE picklift FROM @picklift;
EXECUTE picklift;
DEALLOCATE PREPARE picklift;
