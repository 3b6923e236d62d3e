-- Takes MySQL and MariaDB; may run again after it was interrupted, as MySQL has no transactions for DDL.

-- Where the next block of save_ids begins. Ids are taken ahead, so that rows are ready before their transaction begins.
CREATE TABLE IF NOT EXISTS picklift_sequence (
  name                VARCHAR(32)   NOT NULL,
  next_value          BIGINT        NOT NULL,
  PRIMARY KEY (name)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT IGNORE INTO picklift_sequence (name, next_value)
SELECT 'save_id', COALESCE(MAX(save_id), 0) + 1 FROM picklift_save;

-- Indexes of mapped tables that are still to be made: the run that makes a table makes them after it was filled.
CREATE TABLE IF NOT EXISTS picklift_late_index (
  table_name          VARCHAR(64)   NOT NULL,
  index_name          VARCHAR(64)   NOT NULL,
  PRIMARY KEY (table_name, index_name)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
