-- Where ids of new saves come from, of those that Picklift migrates as of those that the new application makes. It stays when
-- Picklift's own tables are dropped one day, and so has no name of Picklift's. picklift_sequence is no longer used from here on.
-- Takes MySQL and MariaDB; may run again after it was interrupted.

CREATE TABLE IF NOT EXISTS save_sequence (
  name                VARCHAR(32)   NOT NULL,
  -- Above all ids that were ever given.
  next_value          BIGINT        NOT NULL,
  PRIMARY KEY (name)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT IGNORE INTO save_sequence (name, next_value)
SELECT name, GREATEST(next_value, (SELECT COALESCE(MAX(save_id), 0) + 1 FROM picklift_save))
FROM picklift_sequence WHERE name = 'save_id';
