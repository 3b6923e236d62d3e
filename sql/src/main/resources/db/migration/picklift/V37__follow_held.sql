-- Saves whose row is gone from the source, and that are kept since more are gone than may be deleted.
CREATE TABLE IF NOT EXISTS picklift_follow_held (
  save_id             BIGINT        NOT NULL,
  held_at             DATETIME(6)   NOT NULL,
  PRIMARY KEY (save_id),
  CONSTRAINT picklift_follow_held_save FOREIGN KEY (save_id) REFERENCES picklift_save (save_id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
