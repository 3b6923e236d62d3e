-- Which saves changed in the tables since they were last written back. With run.changes: triggers, triggers of the mapped tables
-- add an entry for each row that is written; entries are only ever added, so that no transaction of the application waits for
-- another one, and writeback deletes exactly those that it has seen. No foreign key: rows may come before their ledger row.
CREATE TABLE IF NOT EXISTS picklift_change (
  change_id           BIGINT        NOT NULL AUTO_INCREMENT,
  save_id             BIGINT        NOT NULL,
  PRIMARY KEY (change_id),
  KEY picklift_change_save (save_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- How changes were looked for last, of each source.
CREATE TABLE IF NOT EXISTS picklift_change_state (
  source_table        VARCHAR(64)   NOT NULL,
  -- triggers, dropping while triggers are dropped, or updated_at. Without a row every save is looked at.
  how                 VARCHAR(16)   NOT NULL,
  -- Whether every save has to be looked at once, since there was nothing before that noted changes.
  is_scan_due         BOOLEAN       NOT NULL,
  -- updated_at: the column as table.column, and the newest value that was seen.
  column_name         VARCHAR(129),
  newest              VARCHAR(64),
  PRIMARY KEY (source_table)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
