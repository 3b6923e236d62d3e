-- The source's keys cut into ranges, so that a range of rows that did not change is found by sums of hashes and without
-- reading its rows one by one. Takes MySQL and MariaDB; may run again after it was interrupted.

CREATE TABLE IF NOT EXISTS picklift_range (
  -- As in picklift_save.
  source_table        VARCHAR(64)   NOT NULL,
  -- From 1, in the order of the keys.
  range_no            INT           NOT NULL,
  -- The last key of the range, as picklift_save has keys; NULL for the last range, which has no end.
  up_to_key           VARCHAR(3072),
  -- SHA-256 of the key's columns, their types and collations: with other ones, the keys have another order.
  key_order_sha256    BINARY(32)    NOT NULL,
  PRIMARY KEY (source_table, range_no)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The range that the row's key was in when the row was last written or looked at: a wrong one costs time and does no harm,
-- since a range whose sums differ from the source's is compared row by row. NULL where it is not known.
SET @picklift = IF(
  (SELECT COUNT(*) FROM information_schema.columns
   WHERE table_schema = DATABASE() AND table_name = 'picklift_save' AND column_name = 'range_no') > 0,
  'DO 0',
  'ALTER TABLE picklift_save ADD COLUMN range_no INT');
PREPARE picklift FROM @picklift;
EXECUTE picklift;
DEALLOCATE PREPARE picklift;
