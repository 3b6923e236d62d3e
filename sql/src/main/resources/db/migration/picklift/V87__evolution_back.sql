-- Whether evolve --back began it, so that the same command goes on with it and does not cancel it. May run again after it was
-- interrupted.
SET @picklift = IF(
  (SELECT COUNT(*) FROM information_schema.columns
   WHERE table_schema = DATABASE() AND table_name = 'picklift_evolution' AND column_name = 'is_back') > 0,
  'DO 0',
  'ALTER TABLE picklift_evolution ADD COLUMN is_back BOOLEAN NOT NULL DEFAULT FALSE');
PREPARE picklift FROM @picklift;
EXECUTE picklift;
DEALLOCATE PREPARE picklift;
