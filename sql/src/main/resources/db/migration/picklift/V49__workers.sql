-- Work that is shared out to other processes; see batch/WORKERS.md.

-- What workers need to know of the run that shares out its work: one row.
CREATE TABLE IF NOT EXISTS picklift_shared_run (
  shared_run_id       TINYINT       NOT NULL,
  -- The name of the queue on the broker, once for the target.
  queue_name          VARCHAR(64)   NOT NULL,
  -- Of picklift_generation; 0 where nothing is shared out.
  generation          BIGINT        NOT NULL,
  generation_token    CHAR(36)      NOT NULL,
  -- Raised where the run begins anew, since the server lost commits.
  round_number        INT           NOT NULL,
  source_table        VARCHAR(64)   NOT NULL,
  job_execution_id    BIGINT        NOT NULL,
  -- What has to be the same in each worker, as name=value, a line each.
  same                TEXT          NOT NULL,
  engine              VARCHAR(16)   NOT NULL,
  conflicts           VARCHAR(16)   NOT NULL,
  began               VARCHAR(32)   NOT NULL,
  before_watermark    VARCHAR(64),
  newest_watermark    VARCHAR(64),
  -- How long a worker may be silent, by this server's clock.
  lease_millis        INT           NOT NULL,
  -- How fast all workers together may go, as --max-rate has it; NULL for any rate.
  max_rate            VARCHAR(64),
  PRIMARY KEY (shared_run_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- A range of keys that one worker at a time works on. Transactions that write saves lock its row, shared.
CREATE TABLE IF NOT EXISTS picklift_lease (
  lease_id            BIGINT        NOT NULL AUTO_INCREMENT,
  generation          BIGINT        NOT NULL,
  step_name           VARCHAR(32)   NOT NULL,
  -- Of this attempt, in picklift_batch_step_execution.
  step_execution_id   BIGINT        NOT NULL,
  -- Raised with every attempt, and where a lease is taken away.
  epoch               BIGINT        NOT NULL,
  -- Random, of the worker that has it.
  token               CHAR(36)      NOT NULL,
  -- queued, held, done, failed, returned, revoked, counted
  state               VARCHAR(16)   NOT NULL,
  worker              VARCHAR(300),
  -- How often a worker failed, or was silent for too long.
  failures            INT           NOT NULL DEFAULT 0,
  failure             VARCHAR(1000),
  changed             DATETIME(6)   NOT NULL,
  PRIMARY KEY (lease_id),
  KEY picklift_lease_state (generation, state)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Apart from picklift_lease: a sign of life must not wait for a transaction that writes saves.
CREATE TABLE IF NOT EXISTS picklift_heartbeat (
  lease_id            BIGINT        NOT NULL,
  epoch               BIGINT        NOT NULL,
  heard               DATETIME(6)   NOT NULL,
  -- What this attempt has done so far.
  visited_rows        BIGINT        NOT NULL DEFAULT 0,
  unchanged_rows      BIGINT        NOT NULL DEFAULT 0,
  handed_on           BIGINT        NOT NULL DEFAULT 0,
  written             BIGINT        NOT NULL DEFAULT 0,
  quarantined         BIGINT        NOT NULL DEFAULT 0,
  blob_bytes          BIGINT        NOT NULL DEFAULT 0,
  mapped_rows         BIGINT        NOT NULL DEFAULT 0,
  PRIMARY KEY (lease_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Saves that a worker left as they are, since their rows were edited in the target.
CREATE TABLE IF NOT EXISTS picklift_lease_conflict (
  lease_id            BIGINT        NOT NULL,
  number              INT           NOT NULL,
  source_key          VARCHAR(3072) NOT NULL,
  PRIMARY KEY (lease_id, number)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
