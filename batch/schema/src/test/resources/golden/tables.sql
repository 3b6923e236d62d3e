CREATE TABLE IF NOT EXISTS `player` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `id` VARCHAR(40) NULL,
  `save_version` TINYINT NULL,
  `day_of_week` VARCHAR(16) NULL,
  `date` DATETIME(6) NULL,
  `hour_of_day` TINYINT NULL,
  `energy` DOUBLE NULL,
  `minute_of_hour` SMALLINT NULL,
  `money` DOUBLE NULL,
  `status` VARCHAR(16) NULL,
  `c` INT NULL,
  `job_title` VARCHAR(40) NULL,
  `job_employer` VARCHAR(40) NULL,
  `job_salary` DECIMAL(10,2) NULL,
  `job_level` TINYINT NULL,
  `job_since` DATE NULL,
  `job_boss` INT NULL,
  `diamonds` SMALLINT NULL,
  `settings_theme` VARCHAR(80) NULL,
  `settings_language` VARCHAR(16) NULL,
  `settings_sound_music` DOUBLE NULL,
  `settings_sound_effects` DOUBLE NULL,
  `settings_sound_mute` BOOLEAN NULL,
  `settings_notifications` BOOLEAN NULL,
  `settings_tutorial_done` BOOLEAN NULL,
  `uuid` BINARY(16) NULL,
  `created` DATETIME(6) NULL,
  `last_update` DATETIME(6) NULL,
  `savings` DECIMAL(11,2) NULL,
  `home_0` SMALLINT NULL,
  `home_1` SMALLINT NULL,
  `stats_sent` SMALLINT NULL,
  `stats_received` SMALLINT NULL,
  `stats_fights` SMALLINT NULL,
  `stats_dates` SMALLINT NULL,
  `stats_days_worked` SMALLINT NULL,
  `world_seed` DECIMAL(42,0) NULL,
  `session_token` VARBINARY(16) NULL,
  `play_time` BIGINT NULL,
  `me` INT NULL,
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_player_id` (`id`),
  KEY `ix_player_date` (`date`),
  KEY `ix_player_save_id_c` (`save_id`, `c`),
  KEY `ix_player_job_since` (`job_since`),
  KEY `ix_player_save_id_job_boss` (`save_id`, `job_boss`),
  KEY `ix_player_uuid` (`uuid`),
  KEY `ix_player_created` (`created`),
  KEY `ix_player_last_update` (`last_update`),
  KEY `ix_player_save_id_me` (`save_id`, `me`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `player_bag` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `player_ordinal` INT NOT NULL,
  `position` INT NOT NULL,
  `name` VARCHAR(40) NULL,
  `value` TINYINT NULL,
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_player_bag_save_id_player_ordinal` (`save_id`, `player_ordinal`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `player_message_log` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `player_ordinal` INT NOT NULL,
  `position` INT NOT NULL,
  `item_0_str` VARCHAR(40) NULL,
  `item_0_kind` VARCHAR(16) NULL,
  `item_0_datetime` DATETIME(6) NULL,
  `item_1` VARCHAR(16) NULL,
  `item_2` TEXT NULL,
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_player_message_log_save_id_player_ordinal` (`save_id`, `player_ordinal`),
  KEY `ix_player_message_log_item_0_datetime` (`item_0_datetime`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `event` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `player_ordinal` INT NOT NULL,
  `position` INT NOT NULL,
  `id` SMALLINT NULL,
  `date` DATE NULL,
  `kind` VARCHAR(16) NULL,
  `title` TEXT NULL,
  `effects` JSON NULL,
  `seen` BOOLEAN NULL,
  `place` VARCHAR(40) NULL,
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_event_save_id_player_ordinal` (`save_id`, `player_ordinal`),
  UNIQUE KEY `ux_event_save_id_id` (`save_id`, `id`),
  KEY `ix_event_date` (`date`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `event_participant` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `event_ordinal` INT NOT NULL,
  `position` INT NOT NULL,
  `participant` INT NULL,
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_event_participant_save_id_event_ordinal` (`save_id`, `event_ordinal`),
  KEY `ix_event_participant_save_id_participant` (`save_id`, `participant`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `player_job_shift` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `player_ordinal` INT NOT NULL,
  `position` INT NOT NULL,
  `item_0` VARCHAR(16) NULL,
  `item_1` TINYINT NULL,
  `item_2` TINYINT NULL,
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_player_job_shift_save_id_player_ordinal` (`save_id`, `player_ordinal`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `conversation` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `player_ordinal` INT NOT NULL,
  `position` INT NOT NULL,
  `name` VARCHAR(16) NULL,
  `partner` INT NULL,
  `started` DATETIME(6) NULL,
  `unread` TINYINT NULL,
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_conversation_save_id_player_ordinal` (`save_id`, `player_ordinal`),
  KEY `ix_conversation_save_id_partner` (`save_id`, `partner`),
  KEY `ix_conversation_started` (`started`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `message` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `conversation_ordinal` INT NOT NULL,
  `position` INT NOT NULL,
  `id` SMALLINT NULL,
  `sender` INT NULL,
  `text` TEXT NULL,
  `date` DATETIME(6) NULL,
  `read` BOOLEAN NULL,
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_message_save_id_conversation_ordinal` (`save_id`, `conversation_ordinal`),
  UNIQUE KEY `ux_message_save_id_id` (`save_id`, `id`),
  KEY `ix_message_save_id_sender` (`save_id`, `sender`),
  KEY `ix_message_date` (`date`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `item` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `player_ordinal` INT NOT NULL,
  `position` INT NOT NULL,
  `id` SMALLINT NULL,
  `name` VARCHAR(40) NULL,
  `rarity` TINYINT NULL,
  `price` DECIMAL(10,2) NULL,
  `quantity` TINYINT NULL,
  `bought` DATETIME(6) NULL,
  `extra_engraving` VARCHAR(16) NULL,
  `extra_wear` DOUBLE NULL,
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_item_save_id_player_ordinal` (`save_id`, `player_ordinal`),
  UNIQUE KEY `ux_item_save_id_id` (`save_id`, `id`),
  KEY `ix_item_bought` (`bought`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `player_visited` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `player_ordinal` INT NOT NULL,
  `position` INT NOT NULL,
  `visited` VARCHAR(40) NULL,
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_player_visited_save_id_player_ordinal` (`save_id`, `player_ordinal`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `player_achievement` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `player_ordinal` INT NOT NULL,
  `position` INT NOT NULL,
  `achievement` VARCHAR(40) NULL,
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_player_achievement_save_id_player_ordinal` (`save_id`, `player_ordinal`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `player_schedule` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `player_ordinal` INT NOT NULL,
  `position` INT NOT NULL,
  `number` TINYINT NULL,
  `value` VARCHAR(40) NULL,
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_player_schedule_save_id_player_ordinal` (`save_id`, `player_ordinal`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `player_calendar` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `player_ordinal` INT NOT NULL,
  `position` INT NOT NULL,
  `value` VARCHAR(16) NULL,
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_player_calendar_save_id_player_ordinal` (`save_id`, `player_ordinal`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `person` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `firstname` VARCHAR(16) NULL,
  `id` SMALLINT NULL,
  `lastname` VARCHAR(40) NULL,
  `age_years` SMALLINT NULL,
  `age_days` INT NULL,
  `status` VARCHAR(16) NULL,
  `bio` VARCHAR(160) NULL,
  `spouse` INT NULL,
  `birthday` DATE NULL,
  `mood` DOUBLE NULL,
  PRIMARY KEY (`save_id`, `ordinal`),
  UNIQUE KEY `ux_person_save_id_id` (`save_id`, `id`),
  KEY `ix_person_save_id_spouse` (`save_id`, `spouse`),
  KEY `ix_person_birthday` (`birthday`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `person_trait` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `person_ordinal` INT NOT NULL,
  `position` INT NOT NULL,
  `trait` VARCHAR(40) NULL,
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_person_trait_save_id_person_ordinal` (`save_id`, `person_ordinal`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `person_memory` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `person_ordinal` INT NOT NULL,
  `position` INT NOT NULL,
  `date` DATE NULL,
  `text` VARCHAR(160) NULL,
  `place` VARCHAR(40) NULL,
  `weight` DOUBLE NULL,
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_person_memory_save_id_person_ordinal` (`save_id`, `person_ordinal`),
  KEY `ix_person_memory_date` (`date`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `person_child` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `person_ordinal` INT NOT NULL,
  `position` INT NOT NULL,
  `child` INT NULL,
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_person_child_save_id_person_ordinal` (`save_id`, `person_ordinal`),
  KEY `ix_person_child_save_id_child` (`save_id`, `child`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `person_parent` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `person_ordinal` INT NOT NULL,
  `position` INT NOT NULL,
  `parent` INT NULL,
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_person_parent_save_id_person_ordinal` (`save_id`, `person_ordinal`),
  KEY `ix_person_parent_save_id_parent` (`save_id`, `parent`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `person_relationship` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `person_ordinal` INT NOT NULL,
  `position` INT NOT NULL,
  `relationship` INT NULL,
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_person_relationship_save_id_person_ordinal` (`save_id`, `person_ordinal`),
  KEY `ix_person_relationship_save_id_relationship` (`save_id`, `relationship`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `person_skill` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `person_ordinal` INT NOT NULL,
  `position` INT NOT NULL,
  `name` VARCHAR(16) NULL,
  `value` SMALLINT NULL,
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_person_skill_save_id_person_ordinal` (`save_id`, `person_ordinal`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `relationship` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `id` SMALLINT NULL,
  `player` INT NULL,
  `person` INT NULL,
  `kind` VARCHAR(40) NULL,
  `affection` SMALLINT NULL,
  `since` DATE NULL,
  `trust` DOUBLE NULL,
  PRIMARY KEY (`save_id`, `ordinal`),
  UNIQUE KEY `ux_relationship_save_id_id` (`save_id`, `id`),
  KEY `ix_relationship_save_id_player` (`save_id`, `player`),
  KEY `ix_relationship_save_id_person` (`save_id`, `person`),
  KEY `ix_relationship_since` (`since`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `relationship_flag` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `relationship_ordinal` INT NOT NULL,
  `position` INT NOT NULL,
  `flag` VARCHAR(40) NULL,
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_relationship_flag_save_id_relationship_ordinal` (`save_id`, `relationship_ordinal`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS `relationship_history` (
  `save_id` BIGINT NOT NULL,
  `ordinal` INT NOT NULL,
  `relationship_ordinal` INT NOT NULL,
  `position` INT NOT NULL,
  `item_0` SMALLINT NULL,
  `item_1` TINYINT NULL,
  PRIMARY KEY (`save_id`, `ordinal`),
  KEY `ix_relationship_history_save_id_relationship_ordinal` (`save_id`, `relationship_ordinal`),
  FOREIGN KEY (`save_id`) REFERENCES `picklift_save` (`save_id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
