-- Who works on the target: shown to whoever wants to meanwhile. The lock itself is a named one of the server.
CREATE TABLE IF NOT EXISTS picklift_lock (
  lock_id             TINYINT       NOT NULL,
  -- The connection that holds the named lock.
  connection_id       BIGINT        NOT NULL,
  -- The machine and the process that the connection comes from.
  host                VARCHAR(255)  NOT NULL,
  process_id          BIGINT        NOT NULL,
  since               DATETIME(6)   NOT NULL,
  heartbeat           DATETIME(6)   NOT NULL,
  PRIMARY KEY (lock_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
