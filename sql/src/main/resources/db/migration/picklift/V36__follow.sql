-- How far a source's binary log is in the target.
CREATE TABLE IF NOT EXISTS picklift_follow (
  -- As in picklift_save.
  source_table        VARCHAR(64)   NOT NULL,
  -- server_uuid of MySQL, server_uid of MariaDB.
  server_id           VARCHAR(64)   NOT NULL,
  -- The transactions that are in the target, where the server numbers them; else NULL, and file and offset are the place.
  gtids               LONGTEXT,
  log_file            VARCHAR(512)  NOT NULL,
  log_offset          BIGINT        NOT NULL,
  -- migrating, comparing: what is under way, after which the log is followed from the place; following.
  state               VARCHAR(16)   NOT NULL,
  -- Saves that were deleted since source and target were last compared.
  deleted_since       BIGINT        NOT NULL,
  -- When the state began; when the follower last told how far it is, and what was not done then.
  entered             DATETIME(6)   NOT NULL,
  heard               DATETIME(6),
  pending_keys        BIGINT        NOT NULL DEFAULT 0,
  lag_seconds         BIGINT        NOT NULL DEFAULT 0,
  lag_transactions    BIGINT        NOT NULL DEFAULT 0,
  PRIMARY KEY (source_table)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
