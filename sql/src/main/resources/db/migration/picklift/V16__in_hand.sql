-- Which saves a run has in hand, so that one that ends its process is found.

-- A row for each range of keys at work. Rows that are left are those of a process that died.
CREATE TABLE IF NOT EXISTS picklift_in_hand (
  source_table        VARCHAR(64)   NOT NULL,
  slot                VARCHAR(36)   NOT NULL,
  -- Whether nothing else was being decoded.
  is_alone            BOOLEAN       NOT NULL,
  -- The key_sha256 of each save, one after the other.
  key_hashes          MEDIUMBLOB    NOT NULL,
  PRIMARY KEY (source_table, slot)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Saves that a process had in hand when it died: the next run decodes each of them alone.
CREATE TABLE IF NOT EXISTS picklift_suspect (
  source_table        VARCHAR(64)   NOT NULL,
  key_sha256          BINARY(32)    NOT NULL,
  -- How many processes died with this save alone in hand.
  deaths              INT           NOT NULL,
  PRIMARY KEY (source_table, key_sha256)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
