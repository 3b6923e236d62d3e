-- The members of enums that migrated saves have had, by the columns that show them. A save that the tables own cannot be given
-- another one: Python could not read it. cutover finds them.
CREATE TABLE IF NOT EXISTS picklift_known_value (
  -- As in picklift_save.
  source_table        VARCHAR(64)   NOT NULL,
  -- With its module; longer names are not kept.
  class_name          VARCHAR(200)  NOT NULL,
  -- Table and column with a dot between; empty in the row of a class that is no enum.
  place               VARCHAR(129)  NOT NULL,
  -- As text in UTF-8.
  value               VARBINARY(255) NOT NULL,
  PRIMARY KEY (source_table, class_name, place, value)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
