-- What the run that is under way is told by pause, resume, stop and set; the run looks every half second.
CREATE TABLE IF NOT EXISTS picklift_control (
  control_id          TINYINT       NOT NULL,
  -- Grows with every order.
  order_number        BIGINT        NOT NULL,
  -- The last order that the run has taken.
  taken_number        BIGINT        NOT NULL,
  -- Stays from one run to the next, until resume.
  is_paused           TINYINT(1)    NOT NULL,
  -- These are for the run that is under way, and none when one begins.
  is_stopped          TINYINT(1)    NOT NULL,
  max_rate            VARCHAR(40)   NULL,
  partitions          INT           NULL,
  -- With how many partitions the run began.
  most_partitions     INT           NULL,
  ordered_at          DATETIME(6)   NULL,
  PRIMARY KEY (control_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
