-- What commands hand to the process that follows the log, which has the target for days; it does them between its batches.
CREATE TABLE IF NOT EXISTS picklift_errand (
  errand_id           BIGINT        NOT NULL AUTO_INCREMENT,
  -- As in picklift_save.
  source_table        VARCHAR(64)   NOT NULL,
  -- The fingerprint of the mapping that the command was called with.
  mapping             BINARY(32)    NOT NULL,
  -- The command and its options, a JSON list.
  arguments           LONGTEXT      NOT NULL,
  -- asked; taken: done once the target has what the source had then; running; done: the command reads the outcome and deletes the row.
  state               VARCHAR(16)   NOT NULL,
  asked_at            DATETIME(6)   NOT NULL,
  -- When the command that waits last looked.
  heard               DATETIME(6)   NOT NULL,
  -- The exit status, what goes to standard output, and what ended the command early.
  exit_status         INT,
  output              LONGTEXT,
  failure             LONGTEXT,
  PRIMARY KEY (errand_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
