-- Where a BLOB and the copies beside it in its row do not say the same, and BLOBs that are kept in quarantine. Takes MySQL
-- and MariaDB; may run again after it was interrupted.

-- A row for each place of a save where a copied column or the JSON copy says something else than the BLOB, as found when
-- the save was migrated last. Values stand here as hashes alone.
CREATE TABLE IF NOT EXISTS picklift_disagreement (
  -- As in picklift_save, with key_sha256.
  source_table        VARCHAR(64)   NOT NULL,
  key_sha256          BINARY(32)    NOT NULL,
  number              INT           NOT NULL,
  source_key          VARCHAR(3072) NOT NULL,
  -- The source's column with the copy.
  column_name         VARCHAR(64)   NOT NULL,
  -- Where in the save; empty where the copy as a whole cannot be read.
  path                VARCHAR(1000) NOT NULL,
  -- What stands there: text, number, bool, none, object, nothing, other; unreadable. A column's copy is text or none.
  blob_kind           VARCHAR(16)   NOT NULL,
  copy_kind           VARCHAR(16)   NOT NULL,
  -- SHA-256 of each side as reports show it; NULL where there is nothing to hash.
  blob_sha256         BINARY(32),
  copy_sha256         BINARY(32),
  found_at            DATETIME(6)   NOT NULL,
  PRIMARY KEY (source_table, key_sha256, number),
  -- Where do copies disagree most?
  KEY picklift_disagreement_place (column_name, path(120))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The BLOBs of quarantined saves, where run.quarantine_blobs asks for them.
CREATE TABLE IF NOT EXISTS picklift_quarantine_blob (
  save_id             BIGINT        NOT NULL,
  blob_sha256         BINARY(32)    NOT NULL,
  content             LONGBLOB      NOT NULL,
  PRIMARY KEY (save_id),
  CONSTRAINT picklift_quarantine_blob_save FOREIGN KEY (save_id) REFERENCES picklift_quarantine (save_id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
