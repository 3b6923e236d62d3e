-- The toolkit's own tables, in the target schema. Takes MySQL and MariaDB; may run again after it was interrupted,
-- as MySQL has no transactions for DDL.

-- The ledger: one row a source row, whatever became of it.
CREATE TABLE IF NOT EXISTS picklift_save (
  save_id             BIGINT        NOT NULL AUTO_INCREMENT,
  source_table        VARCHAR(64)   NOT NULL,
  -- The primary key as text; of several columns, as a JSON array.
  source_key          VARCHAR(3072) NOT NULL,
  -- SHA-256 of source_key: no index takes the longest keys, and collations hold 'a' and 'a ' equal.
  key_sha256          BINARY(32)    NOT NULL,
  -- migrated, quarantined, deleted (gone from the source since)
  status              VARCHAR(16)   NOT NULL,
  -- Of the BLOB as it is in the source; NULL for a NULL.
  blob_sha256         BINARY(32),
  blob_bytes          BIGINT,
  pickle_bytes        BIGINT,
  -- Around the pickle, outermost first, like base64+zlib; empty for a bare pickle.
  encodings           VARCHAR(80)   NOT NULL DEFAULT '',
  protocol            TINYINT,
  graph_sha256        BINARY(32),
  -- identical: written again from rows and residue; kept: the original bytes are in picklift_archive.
  restored_as         VARCHAR(16),
  mapping_sha256      BINARY(32)    NOT NULL,
  watermark           VARCHAR(64),
  first_seen          DATETIME(6)   NOT NULL,
  last_written        DATETIME(6)   NOT NULL,
  PRIMARY KEY (save_id),
  UNIQUE KEY picklift_save_source (source_table, key_sha256),
  -- What does the ledger say about this key?
  KEY picklift_save_key (source_key(64)),
  -- What became of the saves; what was written lately?
  KEY picklift_save_status (status, last_written),
  -- Which saves are the same?
  KEY picklift_save_graph (graph_sha256)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What restores a migrated save together with its rows.
CREATE TABLE IF NOT EXISTS picklift_archive (
  save_id             BIGINT        NOT NULL,
  -- How many rows the save has in the mapped tables.
  row_count           INT           NOT NULL,
  -- Single values of the save; those that stand in the tables alone; those that their column could not hold.
  value_count         BIGINT        NOT NULL,
  table_value_count   BIGINT        NOT NULL,
  unfit_value_count   BIGINT        NOT NULL,
  -- The graph without the values that stand in the tables, compressed (zstd).
  residue             LONGBLOB      NOT NULL,
  residue_bytes       BIGINT        NOT NULL,
  -- How to encode the pickle again, where that gives the BLOB's bytes, like base64:plain zlib:6.
  encoding_recipe     VARCHAR(200),
  -- The BLOB itself (zstd), where the pickle or its encoding cannot be written again byte for byte.
  original            LONGBLOB,
  original_bytes      BIGINT,
  PRIMARY KEY (save_id),
  CONSTRAINT picklift_archive_save FOREIGN KEY (save_id) REFERENCES picklift_save (save_id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Saves that were refused whole; their BLOBs stay in the source.
CREATE TABLE IF NOT EXISTS picklift_quarantine (
  save_id             BIGINT        NOT NULL,
  -- null, empty, not-a-pickle, truncated, malformed, limit, encoding, engines-disagree, wrong-root, unfit, adapter,
  -- refused-by-target
  reason              VARCHAR(32)   NOT NULL,
  -- The decoder's code, finer than the reason.
  code                VARCHAR(64)   NOT NULL,
  message             VARCHAR(1000) NOT NULL,
  byte_offset         BIGINT,
  opcode              VARCHAR(32),
  path                VARCHAR(1000),
  -- What the pickle names, a name a line. Nothing of it was imported or called.
  names               TEXT,
  blob_sha256         BINARY(32),
  blob_bytes          BIGINT,
  quarantined_at      DATETIME(6)   NOT NULL,
  PRIMARY KEY (save_id),
  KEY picklift_quarantine_reason (reason, quarantined_at),
  CONSTRAINT picklift_quarantine_save FOREIGN KEY (save_id) REFERENCES picklift_save (save_id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Mapped columns, as table.column, whose path some save has. The others are mistakes in the mapping.
CREATE TABLE IF NOT EXISTS picklift_column_found (
  source_table        VARCHAR(64)   NOT NULL,
  column_name         VARCHAR(130)  NOT NULL,
  PRIMARY KEY (source_table, column_name)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
