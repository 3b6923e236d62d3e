-- Saves that were restored without some of their rows, which nothing in the save refers to.
ALTER TABLE picklift_restore ADD COLUMN unplaced BIGINT NOT NULL DEFAULT 0;
