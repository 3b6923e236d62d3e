-- Tables beside the saves that are copied (companions). Takes MySQL and MariaDB; may run again after it was interrupted.

-- The tables that were made, so that none is taken for another.
CREATE TABLE IF NOT EXISTS picklift_companion (
  name                VARCHAR(64)   NOT NULL,
  -- As in picklift_save.
  source_table        VARCHAR(64)   NOT NULL,
  -- The source's table and the columns as they are read, then the CREATE TABLE.
  definition          MEDIUMTEXT    NOT NULL,
  first_seen          DATETIME(6)   NOT NULL,
  PRIMARY KEY (name)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Rows that were refused, and are tried again when they change. To have some tried again at once, delete them here.
CREATE TABLE IF NOT EXISTS picklift_companion_refused (
  name                VARCHAR(64)   NOT NULL,
  -- SHA-256 of source_key.
  key_sha256          BINARY(32)    NOT NULL,
  -- The key as text; of several columns, as a JSON array.
  source_key          VARCHAR(3072) NOT NULL,
  -- Of the source's row.
  row_sha256          BINARY(32)    NOT NULL,
  message             VARCHAR(1000) NOT NULL,
  refused_at          DATETIME(6)   NOT NULL,
  PRIMARY KEY (name, key_sha256)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What each run counted of each companion; batch/OUTCOMES.md explains the counts.
CREATE TABLE IF NOT EXISTS picklift_companion_run (
  run_id              BIGINT        NOT NULL,
  name                VARCHAR(64)   NOT NULL,
  -- source_rows = added + replaced + unchanged + refused + changed_since
  source_rows         BIGINT        NOT NULL,
  added               BIGINT        NOT NULL,
  replaced            BIGINT        NOT NULL,
  unchanged           BIGINT        NOT NULL,
  refused             BIGINT        NOT NULL,
  changed_since       BIGINT        NOT NULL,
  -- Rows of the target whose row is gone from the source: deleted by this run, and still there.
  deleted             BIGINT        NOT NULL,
  held_back           BIGINT        NOT NULL,
  PRIMARY KEY (run_id, name)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
