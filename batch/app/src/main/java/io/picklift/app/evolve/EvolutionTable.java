package io.picklift.app.evolve;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The table {@code picklift_evolution}: how far a target is on its way to another mapping. */
final class EvolutionTable {
  private static final String SELECT =
      "SELECT evolution_id, former_sha256, next_sha256, state, written_tables, is_back"
          + " FROM picklift_evolution WHERE state ";

  private EvolutionTable() {}

  /** How far it is. */
  enum State {
    /** The tables beside are being made. */
    MAKING,
    /** Saves are taken apart into them. */
    FILLING,
    /** They get their final names, and the residues their saves. */
    SWAPPING,
    DONE,
    GIVEN_UP;

    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * One way from a mapping to another.
   *
   * @param written the new mapping's tables that are written anew
   * @param isBack whether it goes to the mapping that the target had before
   */
  record Evolution(
      long id, byte[] former, byte[] next, State state, Set<String> written, boolean isBack) {
    Evolution {
      written = Set.copyOf(written);
    }
  }

  /** The one that is not at its end; null where there is none. */
  static @Nullable Evolution open(Connection connection) throws SQLException {
    return find(connection, "NOT IN ('done', 'given-up')");
  }

  /** The last that came to its end; null where there is none. */
  static @Nullable Evolution last(Connection connection) throws SQLException {
    return find(connection, "= 'done'");
  }

  private static @Nullable Evolution find(Connection connection, String state) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(SELECT + state + " ORDER BY evolution_id DESC LIMIT 1")) {
      if (!row.next()) {
        return null;
      }
      Set<String> written = new TreeSet<>(row.getString(5).lines().toList());
      State found = State.valueOf(row.getString(4).toUpperCase(Locale.ROOT).replace('-', '_'));
      return new Evolution(
          row.getLong(1), row.getBytes(2), row.getBytes(3), found, written, row.getBoolean(6));
    }
  }

  /** Enters one that begins. */
  static void begin(
      Connection connection, byte[] former, byte[] next, Set<String> written, boolean isBack)
      throws SQLException {
    String sql =
        """
        INSERT INTO picklift_evolution
          (former_sha256, next_sha256, state, written_tables, is_back, begun_at)
        VALUES (?, ?, 'making', ?, ?, UTC_TIMESTAMP(6))
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setBytes(1, former);
      insert.setBytes(2, next);
      insert.setString(3, String.join("\n", new TreeSet<>(written)));
      insert.setBoolean(4, isBack);
      insert.executeUpdate();
    }
  }

  /** Enters that it has come so far. */
  static void enter(Connection connection, long id, State state) throws SQLException {
    boolean isEnd = state == State.DONE || state == State.GIVEN_UP;
    String sql =
        "UPDATE picklift_evolution SET state = ?, ended_at = "
            + (isEnd ? "UTC_TIMESTAMP(6)" : "NULL")
            + " WHERE evolution_id = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, state.label());
      update.setLong(2, id);
      update.executeUpdate();
    }
  }
}
