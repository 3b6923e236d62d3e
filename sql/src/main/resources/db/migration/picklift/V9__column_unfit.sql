-- Values that their column could not hold, which is NULL there or shows them inexactly. Takes MySQL and MariaDB; may run
-- again after it was interrupted.

-- Beside picklift_column_found: for each migrated save the columns, as table.column, that could not hold some of their
-- values, and how many. Saves that an earlier Picklift migrated have none; their sum stands in picklift_archive alone.
CREATE TABLE IF NOT EXISTS picklift_column_unfit (
  save_id             BIGINT        NOT NULL,
  column_name         VARCHAR(130)  NOT NULL,
  unfit_count         BIGINT        NOT NULL,
  PRIMARY KEY (save_id, column_name),
  -- Which saves have such a value in this column?
  KEY picklift_column_unfit_column (column_name),
  CONSTRAINT picklift_column_unfit_save FOREIGN KEY (save_id) REFERENCES picklift_archive (save_id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
