-- What the pass over a range counted, where a worker did it: as text, for the run that shared it out.
CREATE TABLE IF NOT EXISTS picklift_lease_counts (
  lease_id            BIGINT        NOT NULL,
  counts              TEXT          NOT NULL,
  PRIMARY KEY (lease_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
