-- Who may write saves now. Each run raises the generation, and each transaction that writes saves looks at it.
CREATE TABLE IF NOT EXISTS picklift_generation (
  generation_id       TINYINT       NOT NULL,
  number              BIGINT        NOT NULL,
  -- Random: a server that lost commits gives a number out again, and never a token.
  token               CHAR(36)      NOT NULL,
  began               DATETIME(6)   NOT NULL,
  PRIMARY KEY (generation_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
