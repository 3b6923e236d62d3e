-- What new saves are made like: residues of migrated saves that together show each class, attribute and type that any of them
-- has in each place. cutover finds them. Takes MySQL and MariaDB; may run again after it was interrupted.

CREATE TABLE IF NOT EXISTS picklift_template (
  -- As in picklift_save.
  source_table        VARCHAR(64)   NOT NULL,
  mapping_sha256      BINARY(32)    NOT NULL,
  -- New saves are of the protocol and the encodings of the save that was written last.
  protocol            TINYINT       NOT NULL,
  encoding_recipe     VARCHAR(200)  NOT NULL,
  -- Saves that were written before this moment were looked at.
  looked_until        DATETIME(6)   NOT NULL,
  -- Another one for each version, for those who keep it in memory.
  token               CHAR(36)      NOT NULL,
  PRIMARY KEY (source_table)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS picklift_template_save (
  source_table        VARCHAR(64)   NOT NULL,
  -- From 0: the save that was written last.
  number              INT           NOT NULL,
  residue             LONGBLOB      NOT NULL,
  residue_sha256      BINARY(32)    NOT NULL,
  PRIMARY KEY (source_table, number)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
