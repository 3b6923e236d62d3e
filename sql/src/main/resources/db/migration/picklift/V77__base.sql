-- Saves as source and tables agreed on them last, where target.keep_base is set: what backfill --conflicts merge compares both sides with.
-- Takes MySQL and MariaDB; may run again after it was interrupted.
CREATE TABLE IF NOT EXISTS picklift_base (
  save_id             BIGINT        NOT NULL,
  -- Of the BLOB, as in picklift_save: one that says something else there is of another state, and is not used.
  blob_sha256         BINARY(32)    NOT NULL,
  -- The BLOB (zstd), how long that is, and how long it is without compression.
  base                LONGBLOB      NOT NULL,
  packed_bytes        BIGINT        NOT NULL,
  base_bytes          BIGINT        NOT NULL,
  -- Whether the rows that it was taken apart into had the ordinals that the save's rows have.
  is_numbered         BOOLEAN       NOT NULL,
  PRIMARY KEY (save_id),
  CONSTRAINT picklift_base_save FOREIGN KEY (save_id) REFERENCES picklift_save (save_id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
