-- Picklift's ledger as its first build made it; migrate brings it up to date.
CREATE TABLE IF NOT EXISTS picklift_save (
  save_id             BIGINT        NOT NULL AUTO_INCREMENT,
  source_table        VARCHAR(64)   NOT NULL,
  -- The primary key as text; of several columns, as a JSON array.
  source_key          VARCHAR(3072) NOT NULL,
  -- SHA-256 of source_key: no index takes the longest keys, and collations hold 'a' and 'a ' equal.
  key_sha256          BINARY(32)    NOT NULL,
  -- migrated, quarantined, deleted (gone from the source since)
  status              VARCHAR(16)   NOT NULL,
  -- Of the BLOB as it is in the source; NULL for a NULL.
  blob_sha256         BINARY(32),
  blob_bytes          BIGINT,
  pickle_bytes        BIGINT,
  -- Around the pickle, outermost first, like base64+zlib; empty for a bare pickle.
  encodings           VARCHAR(80)   NOT NULL DEFAULT '',
  protocol            TINYINT,
  graph_sha256        BINARY(32),
  -- identical: written again from rows and residue; kept: the original bytes are in picklift_archive.
  restored_as         VARCHAR(16),
  mapping_sha256      BINARY(32)    NOT NULL,
  watermark           VARCHAR(64),
  first_seen          DATETIME(6)   NOT NULL,
  last_written        DATETIME(6)   NOT NULL,
  PRIMARY KEY (save_id),
  UNIQUE KEY picklift_save_source (source_table, key_sha256),
  -- What does the ledger say about this key?
  KEY picklift_save_key (source_key(64)),
  -- What became of the saves; what was written lately?
  KEY picklift_save_status (status, last_written),
  -- Which saves are the same?
  KEY picklift_save_graph (graph_sha256)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `player` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `id` VARCHAR(40) NULL COMMENT 'id',
  `save_version` SMALLINT NULL COMMENT 'saveVersion',
  `day_of_week` VARCHAR(16) NULL COMMENT 'dayOfWeek',
  `date` DATETIME(6) NULL COMMENT 'date',
  `hour_of_day` TINYINT NULL COMMENT 'hourOfDay',
  `energy` DOUBLE NULL COMMENT 'energy',
  `energy_special` VARCHAR(16) NULL COMMENT 'energy; where it is nan, infinite or -0.0',
  `minute_of_hour` TINYINT NULL COMMENT 'minuteOfHour',
  `money` DOUBLE NULL COMMENT 'money',
  `money_special` VARCHAR(16) NULL COMMENT 'money; where it is nan, infinite or -0.0',
  `status` VARCHAR(16) NULL COMMENT 'status',
  `c` INT NULL COMMENT 'c; ordinal of the row in person',
  `job_title` VARCHAR(40) NULL COMMENT 'job.title',
  `job_employer` VARCHAR(40) NULL COMMENT 'job.employer',
  `job_salary` DECIMAL(10,2) NULL COMMENT 'job.salary',
  `job_level` SMALLINT NULL COMMENT 'job.level',
  `job_since` DATE NULL COMMENT 'job.since',
  `job_boss` INT NULL COMMENT 'job.boss; ordinal of the row in person',
  `diamonds` SMALLINT NULL COMMENT 'diamonds',
  `settings_theme` VARCHAR(80) NULL COMMENT 'settings.theme',
  `settings_language` VARCHAR(16) NULL COMMENT 'settings.language',
  `settings_sound_music` DOUBLE NULL COMMENT 'settings.sound.music',
  `settings_sound_effects` DOUBLE NULL COMMENT 'settings.sound.effects',
  `settings_sound_mute` BOOLEAN NULL COMMENT 'settings.sound.mute',
  `settings_notifications` BOOLEAN NULL COMMENT 'settings.notifications',
  `settings_tutorial_done` BOOLEAN NULL COMMENT 'settings.tutorialDone',
  `uuid` BINARY(16) NULL COMMENT 'uuid',
  `created` DATETIME(6) NULL COMMENT 'created; UTC',
  `last_update` DATETIME(6) NULL COMMENT 'lastUpdate',
  `savings` DECIMAL(11,2) NULL COMMENT 'savings',
  `home_0` SMALLINT NULL COMMENT 'home[0]',
  `home_1` SMALLINT NULL COMMENT 'home[1]',
  `stats_sent` SMALLINT NULL COMMENT 'stats.sent',
  `stats_received` SMALLINT NULL COMMENT 'stats.received',
  `stats_fights` SMALLINT NULL COMMENT 'stats.fights',
  `stats_dates` SMALLINT NULL COMMENT 'stats.dates',
  `stats_days_worked` SMALLINT NULL COMMENT 'stats["days worked"]',
  `world_seed` DECIMAL(42,0) NULL COMMENT 'worldSeed',
  `session_token` VARBINARY(16) NULL COMMENT 'sessionToken',
  `play_time` BIGINT NULL COMMENT 'playTime; microseconds',
  `me` INT NULL COMMENT 'me; ordinal of the row in player',
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_id` (`id`),
  KEY `ix_save_c` (`save_id`, `c`),
  KEY `ix_save_job_boss` (`save_id`, `job_boss`),
  KEY `ix_uuid` (`uuid`),
  KEY `ix_session_token` (`session_token`),
  KEY `ix_save_me` (`save_id`, `me`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `player_bag` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `player_ordinal` INT NOT NULL COMMENT 'ordinal of the row in player that holds it',
  `position` INT NOT NULL COMMENT 'place in player.bag, from 0',
  `name` VARCHAR(40) NULL COMMENT 'key in player.bag',
  `value` SMALLINT NULL COMMENT 'the value itself',
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_save_player_ordinal` (`save_id`, `player_ordinal`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `player_message_log` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `player_ordinal` INT NOT NULL COMMENT 'ordinal of the row in player that holds it',
  `position` INT NOT NULL COMMENT 'place in player.messageLog, from 0',
  `item_0_str` VARCHAR(40) NULL COMMENT '[0]',
  `item_0_kind` VARCHAR(16) NULL COMMENT 'kind of the value at [0]',
  `item_0_datetime` DATETIME(6) NULL COMMENT '[0]',
  `item_1` VARCHAR(16) NULL COMMENT '[1]',
  `item_2` TEXT NULL COMMENT '[2]',
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_save_player_ordinal` (`save_id`, `player_ordinal`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `event` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `player_ordinal` INT NOT NULL COMMENT 'ordinal of the row in player that holds it',
  `position` INT NOT NULL COMMENT 'place in player.events, from 0',
  `id` SMALLINT NULL COMMENT 'id',
  `date` DATE NULL COMMENT 'date',
  `kind` VARCHAR(16) NULL COMMENT 'kind',
  `title` TEXT NULL COMMENT 'title',
  `effects` JSON NULL COMMENT 'effects',
  `seen` BOOLEAN NULL COMMENT 'seen',
  `place` VARCHAR(40) NULL COMMENT 'place',
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_save_player_ordinal` (`save_id`, `player_ordinal`),
  UNIQUE KEY `ux_save_id` (`save_id`, `id`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `event_participant` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `event_ordinal` INT NOT NULL COMMENT 'ordinal of the row in event that holds it',
  `position` INT NOT NULL COMMENT 'place in event.participants, from 0',
  `participant` INT NULL COMMENT 'the value itself; ordinal of the row in person',
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_save_event_ordinal` (`save_id`, `event_ordinal`),
  KEY `ix_save_participant` (`save_id`, `participant`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `player_job_shift` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `player_ordinal` INT NOT NULL COMMENT 'ordinal of the row in player that holds it',
  `position` INT NOT NULL COMMENT 'place in player.job.shifts, from 0',
  `item_0` VARCHAR(16) NULL COMMENT '[0]',
  `item_1` SMALLINT NULL COMMENT '[1]',
  `item_2` SMALLINT NULL COMMENT '[2]',
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_save_player_ordinal` (`save_id`, `player_ordinal`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `conversation` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `player_ordinal` INT NOT NULL COMMENT 'ordinal of the row in player that holds it',
  `position` INT NOT NULL COMMENT 'place in player.conversations, from 0',
  `name` VARCHAR(16) NULL COMMENT 'key in player.conversations',
  `partner` INT NULL COMMENT 'partner; ordinal of the row in person',
  `started` DATETIME(6) NULL COMMENT 'started',
  `unread` SMALLINT NULL COMMENT 'unread',
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_save_player_ordinal` (`save_id`, `player_ordinal`),
  KEY `ix_save_partner` (`save_id`, `partner`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `message` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `conversation_ordinal` INT NOT NULL COMMENT 'ordinal of the row in conversation that holds it',
  `position` INT NOT NULL COMMENT 'place in conversation.messages, from 0',
  `id` SMALLINT NULL COMMENT 'id',
  `sender` INT NULL COMMENT 'sender; ordinal of the row in person',
  `text` TEXT NULL COMMENT 'text',
  `date` DATETIME(6) NULL COMMENT 'date',
  `read_value` BOOLEAN NULL COMMENT 'read',
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_save_conversation_ordinal` (`save_id`, `conversation_ordinal`),
  UNIQUE KEY `ux_save_id` (`save_id`, `id`),
  KEY `ix_save_sender` (`save_id`, `sender`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `item` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `player_ordinal` INT NOT NULL COMMENT 'ordinal of the row in player that holds it',
  `position` INT NOT NULL COMMENT 'place in player.inventory, from 0',
  `id` SMALLINT NULL COMMENT 'id',
  `name` VARCHAR(40) NULL COMMENT 'name',
  `rarity` TINYINT NULL COMMENT 'rarity',
  `price` DECIMAL(10,2) NULL COMMENT 'price',
  `price_special` VARCHAR(16) NULL COMMENT 'price; where it is nan, infinite or -0.0',
  `quantity` SMALLINT NULL COMMENT 'quantity',
  `bought` DATETIME(6) NULL COMMENT 'bought',
  `extra_engraving` VARCHAR(16) NULL COMMENT 'extra.engraving',
  `extra_wear` DOUBLE NULL COMMENT 'extra.wear',
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_save_player_ordinal` (`save_id`, `player_ordinal`),
  UNIQUE KEY `ux_save_id` (`save_id`, `id`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `player_visited` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `player_ordinal` INT NOT NULL COMMENT 'ordinal of the row in player that holds it',
  `position` INT NOT NULL COMMENT 'place in player.visited, from 0',
  `visited` VARCHAR(40) NULL COMMENT 'the value itself',
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_save_player_ordinal` (`save_id`, `player_ordinal`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `player_achievement` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `player_ordinal` INT NOT NULL COMMENT 'ordinal of the row in player that holds it',
  `position` INT NOT NULL COMMENT 'place in player.achievements, from 0',
  `achievement` VARCHAR(40) NULL COMMENT 'the value itself',
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_save_player_ordinal` (`save_id`, `player_ordinal`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `player_schedule` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `player_ordinal` INT NOT NULL COMMENT 'ordinal of the row in player that holds it',
  `position` INT NOT NULL COMMENT 'place in player.schedule, from 0',
  `number` SMALLINT NULL COMMENT 'key in player.schedule',
  `value` VARCHAR(40) NULL COMMENT 'the value itself',
  PRIMARY KEY (`save_id`, `ordinal`),
  UNIQUE KEY `ux_save_player_ordinal_number` (`save_id`, `player_ordinal`, `number`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `player_calendar` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `player_ordinal` INT NOT NULL COMMENT 'ordinal of the row in player that holds it',
  `position` INT NOT NULL COMMENT 'place in player.calendar, from 0',
  `key_0` SMALLINT NULL COMMENT '$key[0]',
  `key_1` SMALLINT NULL COMMENT '$key[1]',
  `value` VARCHAR(16) NULL COMMENT 'the value itself',
  `key_value` SMALLINT NULL COMMENT '$key',
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_save_player_ordinal` (`save_id`, `player_ordinal`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `person` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `firstname` VARCHAR(16) NULL COMMENT 'firstname',
  `id` SMALLINT NULL COMMENT 'id',
  `lastname` VARCHAR(40) NULL COMMENT 'lastname',
  `age_years` SMALLINT NULL COMMENT 'ageYears',
  `age_days` INT NULL COMMENT 'ageDays',
  `status` VARCHAR(16) NULL COMMENT 'status',
  `bio` VARCHAR(160) NULL COMMENT 'bio',
  `spouse` INT NULL COMMENT 'spouse; ordinal of the row in person',
  `birthday` DATE NULL COMMENT 'birthday',
  `mood` DOUBLE NULL COMMENT 'mood',
  PRIMARY KEY (`save_id`, `ordinal`),
  UNIQUE KEY `ux_save_id` (`save_id`, `id`),
  KEY `ix_save_spouse` (`save_id`, `spouse`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `person_trait` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `person_ordinal` INT NOT NULL COMMENT 'ordinal of the row in person that holds it',
  `position` INT NOT NULL COMMENT 'place in person.traits, from 0',
  `trait` VARCHAR(40) NULL COMMENT 'the value itself',
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_save_person_ordinal` (`save_id`, `person_ordinal`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `person_memory` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `person_ordinal` INT NOT NULL COMMENT 'ordinal of the row in person that holds it',
  `position` INT NOT NULL COMMENT 'place in person.memories, from 0',
  `date` DATE NULL COMMENT 'date',
  `text` VARCHAR(160) NULL COMMENT 'text',
  `place` VARCHAR(40) NULL COMMENT 'place',
  `weight` DOUBLE NULL COMMENT 'weight',
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_save_person_ordinal` (`save_id`, `person_ordinal`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `person_child` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `person_ordinal` INT NOT NULL COMMENT 'ordinal of the row in person that holds it',
  `position` INT NOT NULL COMMENT 'place in person.children, from 0',
  `child` INT NULL COMMENT 'the value itself; ordinal of the row in person',
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_save_person_ordinal` (`save_id`, `person_ordinal`),
  KEY `ix_save_child` (`save_id`, `child`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `person_parent` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `person_ordinal` INT NOT NULL COMMENT 'ordinal of the row in person that holds it',
  `position` INT NOT NULL COMMENT 'place in person.parents, from 0',
  `parent` INT NULL COMMENT 'the value itself; ordinal of the row in person',
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_save_person_ordinal` (`save_id`, `person_ordinal`),
  KEY `ix_save_parent` (`save_id`, `parent`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `person_relationship` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `person_ordinal` INT NOT NULL COMMENT 'ordinal of the row in person that holds it',
  `position` INT NOT NULL COMMENT 'place in person.relationships, from 0',
  `relationship` INT NULL COMMENT 'the value itself; ordinal of the row in relationship',
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_save_person_ordinal` (`save_id`, `person_ordinal`),
  KEY `ix_save_relationship` (`save_id`, `relationship`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `person_skill` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `person_ordinal` INT NOT NULL COMMENT 'ordinal of the row in person that holds it',
  `position` INT NOT NULL COMMENT 'place in person.skills, from 0',
  `name` VARCHAR(16) NULL COMMENT 'key in person.skills',
  `value` SMALLINT NULL COMMENT 'the value itself',
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_save_person_ordinal` (`save_id`, `person_ordinal`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `relationship` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `id` SMALLINT NULL COMMENT 'id',
  `player` INT NULL COMMENT 'player; ordinal of the row in player',
  `person` INT NULL COMMENT 'person; ordinal of the row in person',
  `kind` VARCHAR(40) NULL COMMENT 'kind',
  `affection` SMALLINT NULL COMMENT 'affection',
  `since` DATE NULL COMMENT 'since',
  `trust` DOUBLE NULL COMMENT 'trust',
  PRIMARY KEY (`save_id`, `ordinal`),
  UNIQUE KEY `ux_save_id` (`save_id`, `id`),
  KEY `ix_save_player` (`save_id`, `player`),
  KEY `ix_save_person` (`save_id`, `person`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `relationship_flag` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `relationship_ordinal` INT NOT NULL COMMENT 'ordinal of the row in relationship that holds it',
  `position` INT NOT NULL COMMENT 'place in relationship.flags, from 0',
  `flag` VARCHAR(40) NULL COMMENT 'the value itself',
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_save_relationship_ordinal` (`save_id`, `relationship_ordinal`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `relationship_history` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `relationship_ordinal` INT NOT NULL COMMENT 'ordinal of the row in relationship that holds it',
  `position` INT NOT NULL COMMENT 'place in relationship.history, from 0',
  `item_0` SMALLINT NULL COMMENT '[0]',
  `item_1` SMALLINT NULL COMMENT '[1]',
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_save_relationship_ordinal` (`save_id`, `relationship_ordinal`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
