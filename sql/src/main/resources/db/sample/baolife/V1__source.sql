-- The source tables of the baolife sample, as its developers made them: autocommit, no timestamps, no foreign keys,
-- no index but the key. Takes MySQL and MariaDB.

CREATE TABLE lifesim_savegames (
  id          VARCHAR(255) NOT NULL,
  firstname   VARCHAR(255),
  lastname    VARCHAR(255),
  ageDays     INT,
  ageYears    INT,
  json        LONGTEXT,
  pickle_data LONGBLOB,
  PRIMARY KEY (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;

CREATE TABLE messages (
  id      INT NOT NULL AUTO_INCREMENT,
  partner VARCHAR(255),
  player  VARCHAR(255),
  message TEXT,
  sender  VARCHAR(255),
  date    VARCHAR(32),
  PRIMARY KEY (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;
