-- The same for a verify or a restore by workers. May run again after it was interrupted.
SET @picklift = IF(
  (SELECT COUNT(*) FROM information_schema.columns
   WHERE table_schema = DATABASE() AND table_name = 'picklift_scan_in_hand' AND column_name = 'worker') > 0,
  'DO 0',
  'ALTER TABLE picklift_scan_in_hand ADD COLUMN worker VARCHAR(36)');
PREPARE picklift FROM @picklift;
EXECUTE picklift;
DEALLOCATE PREPARE picklift;
