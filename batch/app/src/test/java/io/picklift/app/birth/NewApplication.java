package io.picklift.app.birth;

import io.picklift.app.job.Game;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A new application: it knows the tables, and what batch/CUTOVER.md says of new saves. */
public final class NewApplication {
  private static final String NEXT =
      """
      UPDATE save_sequence SET next_value = LAST_INSERT_ID(next_value) + 1 WHERE name = 'save_id'
      """;

  private static final String LEDGER =
      """
      INSERT INTO picklift_save (save_id, source_table, source_key, key_sha256, status, owner,
        owned_since, restored_as, mapping_sha256, first_seen, last_written)
      SELECT ?, source_table, ?, UNHEX(SHA2(?, 256)), 'migrated', 'tables',
        UTC_TIMESTAMP(6), 'born', mapping_sha256, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)
      FROM picklift_template
      """;

  private NewApplication() {}

  /**
   * Makes a save, row by row.
   *
   * @param sql statements with {@code :id}, parted by semicolons
   */
  public static long save(Game game, String key, String sql) throws SQLException {
    try (Connection connection = game.targetConnection()) {
      long id;
      try (Statement statement = connection.createStatement()) {
        statement.executeUpdate(NEXT);
        try (ResultSet row = statement.executeQuery("SELECT LAST_INSERT_ID()")) {
          row.next();
          id = row.getLong(1);
        }
      }
      try (PreparedStatement insert = connection.prepareStatement(LEDGER)) {
        insert.setLong(1, id);
        insert.setString(2, key);
        insert.setString(3, key);
        if (insert.executeUpdate() != 1) {
          throw new SQLException("no ledger row was made");
        }
      }
      try (Statement statement = connection.createStatement()) {
        for (String one : sql.split("; ", -1)) {
          statement.executeUpdate(one.replace(":id", String.valueOf(id)));
        }
      }
      return id;
    }
  }
}
