package io.picklift.app.workers.scan;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tables {@code picklift_scan}, {@code picklift_scan_range}, {@code picklift_scan_result}. */
final class ScanTable {
  /** Room between two ranges, for those that are split off. */
  static final long ROOM = 1L << 32;

  private static final String SELECT =
      """
      SELECT range_id, after_key, up_to_key, position_key, first_row, done_rows, results
      FROM picklift_scan_range\
      """;

  private ScanTable() {}

  /** Whether the scan that is there is this one, so that it can be gone on with. */
  static boolean isThere(Connection connection, String step, String about) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT COUNT(*) FROM picklift_scan WHERE step_name = ? AND about = ?")) {
      select.setString(1, step);
      select.setString(2, about);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1) == 1;
      }
    }
  }

  /** Whether the scan that is there is of this step. */
  static boolean isOf(Connection connection, String step) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT 1 FROM picklift_scan WHERE step_name = ?")) {
      select.setString(1, step);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  /** Forgets the last scan; the transaction is the caller's, as everywhere here. */
  static void forget(Connection connection) throws SQLException {
    try (Statement delete = connection.createStatement()) {
      delete.executeUpdate("DELETE FROM picklift_scan_in_hand");
      delete.executeUpdate("DELETE FROM picklift_scan_suspect");
      delete.executeUpdate("DELETE FROM picklift_scan_result");
      delete.executeUpdate("DELETE FROM picklift_scan_range");
      delete.executeUpdate("DELETE FROM picklift_scan");
    }
  }

  /** Enters a scan. */
  static void begin(
      Connection connection,
      String step,
      String about,
      Map<String, String> settings,
      List<ScanRange> ranges)
      throws SQLException {
    StringBuilder text = new StringBuilder();
    settings.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO picklift_scan VALUES (1, ?, ?, ?)")) {
      insert.setString(1, step);
      insert.setString(2, about);
      insert.setString(3, text.toString());
      insert.executeUpdate();
    }
    long place = 0;
    for (ScanRange range : ranges) {
      place += ROOM;
      insert(connection, place, range);
    }
  }

  /** Enters a range; its id is given back. */
  static long insert(Connection connection, long place, ScanRange range) throws SQLException {
    String sql =
        """
        INSERT INTO picklift_scan_range (place, after_key, up_to_key, first_row) VALUES (?, ?, ?, ?)
        """;
    try (PreparedStatement insert =
        connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
      insert.setLong(1, place);
      insert.setString(2, range.after());
      insert.setString(3, range.upTo());
      insert.setLong(4, range.firstRow());
      insert.executeUpdate();
      try (ResultSet key = insert.getGeneratedKeys()) {
        key.next();
        return key.getLong(1);
      }
    }
  }

  /** What the coordinator set. */
  static Map<String, String> settings(Connection connection) throws SQLException {
    Map<String, String> settings = new LinkedHashMap<>();
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery("SELECT settings FROM picklift_scan")) {
      for (String line : row.next() ? row.getString(1).split("\n", -1) : new String[0]) {
        int at = line.indexOf('=');
        if (at > 0) {
          settings.put(line.substring(0, at), line.substring(at + 1));
        }
      }
    }
    return settings;
  }

  /** A range; null where there is none. */
  static @Nullable ScanRange read(Connection connection, long id) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + " WHERE range_id = ?")) {
      select.setLong(1, id);
      List<ScanRange> found = read(select);
      return found.isEmpty() ? null : found.get(0);
    }
  }

  /** All ranges in their order. */
  static List<ScanRange> all(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + " ORDER BY place")) {
      return read(select);
    }
  }

  /** Those of which something is left. */
  static List<ScanRange> open(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(SELECT + " WHERE NOT is_done ORDER BY place")) {
      return read(select);
    }
  }

  private static List<ScanRange> read(PreparedStatement select) throws SQLException {
    List<ScanRange> ranges = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        ranges.add(
            new ScanRange(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getLong(5),
                row.getLong(6),
                row.getInt(7)));
      }
    }
    return ranges;
  }

  /** Enters a result, and that the range is done up to the end of its stretch. */
  static void enter(
      Connection connection, ScanRange range, int number, long rows, String last, String result)
      throws SQLException {
    String results =
        "REPLACE INTO picklift_scan_result (range_id, number, result) VALUES (?, ?, ?)";
    try (PreparedStatement replace = connection.prepareStatement(results)) {
      replace.setLong(1, range.id());
      replace.setInt(2, number);
      replace.setString(3, result);
      replace.executeUpdate();
    }
    String sql =
        """
        UPDATE picklift_scan_range SET position_key = ?, done_rows = ?, results = ?
        WHERE range_id = ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, last);
      update.setLong(2, rows);
      update.setInt(3, number + 1);
      update.setLong(4, range.id());
      update.executeUpdate();
    }
  }

  /**
   * Moves the end of a range down, and makes a range of the rest.
   *
   * @param firstRow how many rows come before the rest
   * @return the id of the rest
   */
  static long split(Connection connection, long id, String upTo, long firstRow)
      throws SQLException {
    long place = number(connection, "SELECT place FROM picklift_scan_range WHERE range_id = ?", id);
    long next =
        number(
            connection,
            "SELECT COALESCE(MIN(place), 0) FROM picklift_scan_range WHERE place > ?",
            place);
    long middle = next == 0 ? place + ROOM : place + (next - place) / 2;
    ScanRange whole = read(connection, id);
    if (whole == null || middle == place) {
      throw new SQLException("picklift_scan_range has no room behind range " + id);
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE picklift_scan_range SET up_to_key = ? WHERE range_id = ?")) {
      update.setString(1, upTo);
      update.setLong(2, id);
      update.executeUpdate();
    }
    return insert(connection, middle, ScanRange.of(upTo, whole.upTo(), firstRow));
  }

  private static long number(Connection connection, String sql, long value) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, value);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  /**
   * All of a range is done.
   *
   * @param upTo where it ends as its worker knows it: a server that lost commits may have lost that
   *     it was split, and with it the rest
   */
  static void done(Connection connection, long id, @Nullable String upTo) throws SQLException {
    String sql =
        """
        UPDATE picklift_scan_range SET is_done = TRUE
        WHERE range_id = ? AND up_to_key <=> ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, id);
      update.setString(2, upTo);
      if (update.executeUpdate() != 1) {
        throw new SQLException("the server lost where range " + id + " ends");
      }
    }
  }

  /** A result of a range. */
  static String result(Connection connection, long id, int number) throws SQLException {
    String sql = "SELECT result FROM picklift_scan_result WHERE range_id = ? AND number = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, id);
      select.setInt(2, number);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("picklift_scan_result lacks result " + number + " of " + id);
        }
        return row.getString(1);
      }
    }
  }
}
