-- What verify found proven, so that a save that has not changed since is proven again by three hashes and not taken apart.
-- Takes MySQL and MariaDB; may run again after it was interrupted.

-- No foreign key: verify writes here beside a migration, and must not lock the ledger's rows. An entry whose save changed,
-- or is gone, is no proof of anything, since its hashes do not agree any more.
CREATE TABLE IF NOT EXISTS picklift_proof (
  save_id             BIGINT        NOT NULL,
  -- SHA-256 of all that the verdict depends on in the source's row and in the ledger: key, BLOB, copies, carried columns,
  -- digest of the graph, mapping. proof/SourceHash has the text that is hashed.
  source_sha256       BINARY(32)    NOT NULL,
  -- SHA-256 of the save's rows as they were read back.
  rows_sha256         BINARY(32)    NOT NULL,
  -- As picklift_archive.content_sha256, of what was read back: residue, recipe and original.
  archive_sha256      BINARY(32)    NOT NULL,
  proven_at           DATETIME(6)   NOT NULL,
  PRIMARY KEY (save_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
