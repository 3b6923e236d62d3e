package io.picklift.app.finish;

import io.picklift.app.database.TableNames;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The table {@code picklift_finish}: the archive that was proven, and what was begun since. */
final class FinishTable {
  static final String NAME = "picklift_finish";

  private FinishTable() {}

  /** How far it is. */
  enum State {
    /** The archive is proven; no table of Picklift's is gone. */
    PROVEN,
    /** Some may be gone. */
    DROPPING;

    private String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What is noted.
   *
   * @param sha256 of the archive, in lower-case hex
   * @param rootTable the table that foreign keys lead to from now on
   */
  record Note(State state, Path archive, String sha256, String rootTable) {}

  /** What is noted; null where nothing is, or there is no such table. */
  static @Nullable Note find(Connection connection) throws SQLException {
    if (!TableNames.isThere(connection, NAME)) {
      return null;
    }
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT state, archive, LOWER(HEX(archive_sha256)), root_table"
                    + " FROM picklift_finish WHERE finish_id = 1")) {
      return row.next()
          ? new Note(
              State.valueOf(row.getString(1).toUpperCase(Locale.ROOT)),
              Path.of(row.getString(2)),
              row.getString(3),
              row.getString(4))
          : null;
    }
  }

  static void enter(Connection connection, Note note) throws SQLException {
    String sql =
        """
        REPLACE INTO picklift_finish
          (finish_id, state, archive, archive_sha256, root_table, noted_at)
        VALUES (1, ?, ?, UNHEX(?), ?, UTC_TIMESTAMP(6))
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, note.state().label());
      insert.setString(2, note.archive().toString());
      insert.setString(3, note.sha256());
      insert.setString(4, note.rootTable());
      insert.executeUpdate();
    }
  }

  static void forget(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("DELETE FROM picklift_finish");
    }
  }
}
