-- The archive that finish made, noted before anything is dropped; one row, or none.
CREATE TABLE IF NOT EXISTS picklift_finish (
  finish_id           TINYINT       NOT NULL,
  -- proven: the archive gives every save; dropping: tables of Picklift's may be gone.
  state               VARCHAR(16)   NOT NULL,
  -- The file, on the machine that finish ran on.
  archive             VARCHAR(4096) NOT NULL,
  archive_sha256      BINARY(32)    NOT NULL,
  -- The table that foreign keys lead to in the ledger's place.
  root_table          VARCHAR(64)   NOT NULL,
  noted_at            DATETIME(6)   NOT NULL,
  PRIMARY KEY (finish_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
