-- The followed table's columns when following last began, and the place before which the pass over the whole source saw all;
-- NULL where an earlier Picklift began. May run again after it was interrupted.
SET @picklift = IF(
  (SELECT COUNT(*) FROM information_schema.columns
   WHERE table_schema = DATABASE() AND table_name = 'picklift_follow' AND column_name = 'layout') > 0,
  'DO 0',
  'ALTER TABLE picklift_follow
     ADD COLUMN layout LONGTEXT,
     ADD COLUMN seen_gtids LONGTEXT,
     ADD COLUMN seen_file VARCHAR(512),
     ADD COLUMN seen_offset BIGINT');
PREPARE picklift FROM @picklift;
EXECUTE picklift;
DEALLOCATE PREPARE picklift;
