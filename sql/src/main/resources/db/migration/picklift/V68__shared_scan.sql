-- A verify or a restore whose work is shared out to other processes; see batch/WORKERS.md.

-- Which one, so that the same command goes on with it after its coordinator died: one row.
CREATE TABLE IF NOT EXISTS picklift_scan (
  scan_id             TINYINT       NOT NULL,
  -- The step that works on its ranges.
  step_name           VARCHAR(32)   NOT NULL,
  -- SHA-256 of whatever has to be the same to go on.
  about               CHAR(64)      NOT NULL,
  -- What workers have to know of it, as name=value, a line each; no credentials.
  settings            TEXT          NOT NULL,
  PRIMARY KEY (scan_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Its ranges, and how far each is.
CREATE TABLE IF NOT EXISTS picklift_scan_range (
  range_id            BIGINT        NOT NULL AUTO_INCREMENT,
  -- The order of the ranges, with room between two for one that is split off.
  place               BIGINT        NOT NULL,
  -- Where the range begins and ends, this one included; NULL for the beginning and the end of all.
  after_key           TEXT,
  up_to_key           TEXT,
  -- All up to this one is done; NULL before the first.
  position_key        TEXT,
  -- How many rows come before the range, and how many of its own are done.
  first_row           BIGINT        NOT NULL,
  done_rows           BIGINT        NOT NULL DEFAULT 0,
  results             INT           NOT NULL DEFAULT 0,
  is_done             BOOLEAN       NOT NULL DEFAULT FALSE,
  PRIMARY KEY (range_id),
  UNIQUE KEY picklift_scan_range_place (place)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What was found, a row for each stretch of a range, written with its position.
CREATE TABLE IF NOT EXISTS picklift_scan_result (
  range_id            BIGINT        NOT NULL,
  number              INT           NOT NULL,
  result              LONGTEXT      NOT NULL,
  PRIMARY KEY (range_id, number)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
