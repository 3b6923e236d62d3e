-- Which saves a verify or a restore by workers has in hand, so that one that ends its process is found; see batch/WORKERS.md.
-- Apart from those of migrate and backfill: what ends a process that restores a save need not end one that decodes it.

-- A row for each range at work. Rows that are left are those of a process that died.
CREATE TABLE IF NOT EXISTS picklift_scan_in_hand (
  source_table        VARCHAR(64)   NOT NULL,
  slot                VARCHAR(36)   NOT NULL,
  -- Whether nothing else was at work in its process.
  is_alone            BOOLEAN       NOT NULL,
  -- The key_sha256 of each save, one after the other.
  key_hashes          MEDIUMBLOB    NOT NULL,
  PRIMARY KEY (source_table, slot)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Saves that a process had in hand when it died: each of them is done alone from then on.
CREATE TABLE IF NOT EXISTS picklift_scan_suspect (
  source_table        VARCHAR(64)   NOT NULL,
  key_sha256          BINARY(32)    NOT NULL,
  -- How many processes died with this save alone in hand.
  deaths              INT           NOT NULL,
  PRIMARY KEY (source_table, key_sha256)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
