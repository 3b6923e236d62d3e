-- Who owns a save. 'source': its row in the source is what counts, and backfill follows it. 'tables': the new application writes
-- the save's rows; no run replaces or deletes them, whatever becomes of the source's row.

ALTER TABLE picklift_save
  ADD COLUMN owner VARCHAR(6) NOT NULL DEFAULT 'source',
  -- When the tables became its owner; NULL while the source is.
  ADD COLUMN owned_since DATETIME(6);
