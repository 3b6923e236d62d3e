-- Which sources the ledger is of, what each run counted, and entries whose row is gone or out of scope.
-- May run again after it was interrupted, as MySQL has no transactions for DDL.

-- A source, so that another one is never taken for it.
CREATE TABLE IF NOT EXISTS picklift_source (
  -- As in picklift_save: the source's `name` in picklift.yaml, else its table's name.
  source_table        VARCHAR(64)   NOT NULL,
  -- Schema and table; `files` for files.
  place               VARCHAR(700)  NOT NULL,
  -- server_uuid of MySQL, server_uid of MariaDB, the path of files; empty where there is none.
  server_id           VARCHAR(4096) NOT NULL DEFAULT '',
  -- gtid_executed when a run last began; a replica, and a promoted one, has them all.
  gtids               LONGTEXT,
  -- `where` of the last run; NULL for all rows.
  scope               TEXT,
  -- The newest watermark when the last complete run began.
  watermark           VARCHAR(64),
  first_seen          DATETIME(6)   NOT NULL,
  last_seen           DATETIME(6)   NOT NULL,
  PRIMARY KEY (source_table)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The runs of migrate and backfill, with what their closing pass counted; batch/OUTCOMES.md explains the counts.
CREATE TABLE IF NOT EXISTS picklift_run (
  run_id              BIGINT        NOT NULL AUTO_INCREMENT,
  source_table        VARCHAR(64)   NOT NULL,
  command             VARCHAR(16)   NOT NULL,
  -- running, complete, failed; one that was killed stays running until the next run begins.
  status              VARCHAR(16)   NOT NULL,
  began               DATETIME(6)   NOT NULL,
  ended               DATETIME(6),
  -- Rows of the source that are in scope, and what became of them.
  source_rows         BIGINT,
  added               BIGINT,
  replaced            BIGINT,
  unchanged           BIGINT,
  quarantined         BIGINT,
  changed_since       BIGINT,
  left_alone          BIGINT,
  -- Rows of the ledger: those whose key is among the source's rows, and the others.
  ledger_rows         BIGINT,
  ledger_known        BIGINT,
  ledger_deleted      BIGINT,
  ledger_out_of_scope BIGINT,
  ledger_held_back    BIGINT,
  ledger_owned        BIGINT,
  PRIMARY KEY (run_id),
  KEY picklift_run_source (source_table, began)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- When the entry's row was found gone, and when it was found outside of the scope.
SET @picklift = IF(
  (SELECT COUNT(*) FROM information_schema.columns
   WHERE table_schema = DATABASE() AND table_name = 'picklift_save' AND column_name = 'deleted_at') > 0,
  'DO 0',
  'ALTER TABLE picklift_save ADD COLUMN deleted_at DATETIME(6), ADD COLUMN out_of_scope_at DATETIME(6)');
PREPARE picklift FROM @picklift;
EXECUTE picklift;
DEALLOCATE PREPARE picklift;
UPDATE picklift_save SET deleted_at = last_written WHERE status = 'deleted' AND deleted_at IS NULL;
