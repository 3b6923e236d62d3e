-- How far restore --table is, so that one that was killed goes on there. Takes MySQL and MariaDB; may run again after it was
-- interrupted.

-- Written in the transaction of each batch, and deleted when all is restored.
CREATE TABLE IF NOT EXISTS picklift_restore (
  -- The table that is restored into.
  table_name          VARCHAR(64)   NOT NULL,
  -- As in picklift_save.
  source_table        VARCHAR(64)   NOT NULL,
  -- All saves up to this one are done.
  last_save_id        BIGINT        NOT NULL,
  -- The key of the last row that was written: a table that lacks it was emptied since, and is begun anew.
  last_key            VARCHAR(3072),
  as_migrated         BIGINT        NOT NULL,
  edited              BIGINT        NOT NULL,
  not_restored        BIGINT        NOT NULL,
  -- A line for each save that could not be restored, so far as they are shown.
  problems            MEDIUMTEXT    NOT NULL,
  last_written        DATETIME(6)   NOT NULL,
  PRIMARY KEY (table_name)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
