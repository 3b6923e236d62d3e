-- The followed table's columns when following last began, and the place before which the pass over the whole source saw all;
-- NULL where an earlier Picklift began.
ALTER TABLE picklift_follow
  ADD COLUMN layout LONGTEXT,
  ADD COLUMN seen_gtids LONGTEXT,
  ADD COLUMN seen_file VARCHAR(512),
  ADD COLUMN seen_offset BIGINT;
