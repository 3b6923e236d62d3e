-- How a target gets from one mapping to the next. Takes MySQL and MariaDB; may run again after it was interrupted.

CREATE TABLE IF NOT EXISTS picklift_evolution (
  evolution_id        BIGINT        NOT NULL AUTO_INCREMENT,
  -- As picklift_mapping has them.
  former_sha256       BINARY(32)    NOT NULL,
  next_sha256         BINARY(32)    NOT NULL,
  -- making: the tables beside are being made; filling: saves are taken apart into them; swapping: the tables get their final
  -- names, and the residues their saves; done; given-up: what was made beside is gone again.
  state               VARCHAR(16)   NOT NULL,
  -- The tables that are written anew, by the new mapping's names, a name a line.
  written_tables      MEDIUMTEXT    NOT NULL,
  begun_at            DATETIME(6)   NOT NULL,
  ended_at            DATETIME(6),
  PRIMARY KEY (evolution_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What picklift_archive gets of each save that was taken apart under the new mapping, until it has it. No foreign key: saves may
-- go meanwhile.
CREATE TABLE IF NOT EXISTS picklift_evolved (
  save_id             BIGINT        NOT NULL,
  -- Of the rows and the archive that it was made from: a save that was written since is made again.
  rows_sha256         BINARY(32)    NOT NULL,
  archive_sha256      BINARY(32)    NOT NULL,
  -- As in picklift_archive.
  row_count           INT           NOT NULL,
  value_count         BIGINT        NOT NULL,
  table_value_count   BIGINT        NOT NULL,
  unfit_value_count   BIGINT        NOT NULL,
  residue             LONGBLOB      NOT NULL,
  residue_bytes       BIGINT        NOT NULL,
  -- What picklift_column_unfit gets, a line each: how many, a blank, the column.
  unfit_columns       MEDIUMTEXT    NOT NULL,
  PRIMARY KEY (save_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
