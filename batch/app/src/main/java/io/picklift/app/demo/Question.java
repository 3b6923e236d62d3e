package io.picklift.app.demo;

import java.util.List;

/**
 * A question about saves that their application's developers could not ask their BLOBs.
 *
 * @param text in words
 * @param sql in SQL; on MySQL and MariaDB
 */
public record Question(String text, String sql) {
  static final List<Question> ALL =
      List.of(
          new Question(
              "A user's save by id and status",
              """
              SELECT user_id, status, save_version, money, savings, job_title
              FROM player WHERE user_id = 'u1019' AND status = 'alive'\
              """),
          new Question(
              "Saves by last update",
              """
              SELECT user_id, status, last_update
              FROM player WHERE last_update IS NOT NULL ORDER BY last_update DESC LIMIT 3\
              """),
          new Question(
              "Persons by age",
              """
              SELECT p.firstname, p.lastname, p.age_years, p.status, u.user_id AS save
              FROM person p JOIN player u USING (save_id)
              WHERE p.age_years BETWEEN 60 AND 120
              ORDER BY p.age_years DESC, p.save_id, p.ordinal LIMIT 5\
              """),
          new Question(
              "Relationships by user and person",
              """
              SELECT p.firstname, p.lastname, r.kind, r.affection, r.since
              FROM player u
              JOIN relationship r ON r.save_id = u.save_id
              JOIN person p ON p.save_id = r.save_id AND p.ordinal = r.person
              WHERE u.user_id = 'u1019' ORDER BY r.affection DESC LIMIT 5\
              """),
          new Question(
              "Messages by player and date",
              """
              SELECT m.sent_at, s.firstname AS sender, m.message
              FROM player u
              JOIN message m ON m.save_id = u.save_id
              JOIN person s ON s.save_id = m.save_id AND s.ordinal = m.sender
              WHERE u.user_id = 'u1016' AND m.sent_at >= '2020-01-01'
              ORDER BY m.sent_at DESC, m.ordinal DESC LIMIT 4\
              """),
          new Question(
              "What was refused, and what it would have called",
              """
              SELECT s.source_key AS save, q.reason, q.byte_offset AS at_byte, q.names
              FROM picklift_quarantine q JOIN picklift_save s USING (save_id)
              ORDER BY s.source_key\
              """));
}
