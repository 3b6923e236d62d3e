-- The mappings that the target's saves were taken apart under. Takes MySQL and MariaDB; may run again after it was
-- interrupted.

CREATE TABLE IF NOT EXISTS picklift_mapping (
  -- As picklift_save.mapping_sha256 has it.
  mapping_sha256      BINARY(32)    NOT NULL,
  -- What the hash is of. 1: SHA-256 of the written form; 0: as commit 537887c and those before it computed it.
  form                TINYINT       NOT NULL,
  -- The canonical written form (schema/mapping/WrittenMapping), the adapters' columns among the mapping's own.
  written             MEDIUMTEXT    NOT NULL,
  -- The mapping.yaml itself.
  mapping_yaml        MEDIUMTEXT    NOT NULL,
  first_used          DATETIME(6)   NOT NULL,
  PRIMARY KEY (mapping_sha256)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
