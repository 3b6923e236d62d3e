-- A range that takes too long is split, while others have nothing to do; see batch/WORKERS.md.

-- The coordinator asks for it.
CREATE TABLE IF NOT EXISTS picklift_lease_split (
  lease_id            BIGINT        NOT NULL,
  -- Of the attempt that is asked: another one is not meant.
  epoch               BIGINT        NOT NULL,
  PRIMARY KEY (lease_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What a worker gave up of its range, in a transaction that checks its lease; the coordinator makes a lease of it.
CREATE TABLE IF NOT EXISTS picklift_lease_rest (
  rest_id             BIGINT        NOT NULL AUTO_INCREMENT,
  lease_id            BIGINT        NOT NULL,
  -- The step's context as it is from now on, and that of the rest, as JSON.
  kept                TEXT          NOT NULL,
  rest                TEXT          NOT NULL,
  PRIMARY KEY (rest_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
