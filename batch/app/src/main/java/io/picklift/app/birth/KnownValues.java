package io.picklift.app.birth;

import io.picklift.app.database.TableNames;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.rows.SqlNames;
import io.picklift.schema.tables.template.CallCells;
import io.picklift.schema.tables.template.KnownMembers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code picklift_known_value}: which values the members of enums have. A pickle does not
 * say that a class is an enum; that its objects are few and stand in many places does. Never
 * commits.
 */
public final class KnownValues {
  /** An enum of more members is taken for no enum. */
  private static final int MOST_VALUES = 64;

  /** So often a value was met on average, or nothing is known of the class. */
  private static final int LEAST_PLACES = 4;

  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_VALUE = 255;

  private KnownValues() {}

  /** What is known of all sources; nothing in a target that an earlier Picklift made. */
  public static KnownMembers read(Connection connection) throws SQLException {
    if (!TableNames.isThere(connection, "picklift_known_value")) {
      return KnownMembers.NONE;
    }
    Map<String, Set<String>> values = new HashMap<>();
    Map<String, Set<String>> places = new HashMap<>();
    Set<String> open = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT class_name, place, value FROM picklift_known_value")) {
      while (row.next()) {
        String of = row.getString(1);
        if (row.getString(2).isEmpty()) {
          open.add(of);
        }
        places.computeIfAbsent(of, k -> new HashSet<>()).add(row.getString(2));
        values
            .computeIfAbsent(of, k -> new HashSet<>())
            .add(new String(row.getBytes(3), StandardCharsets.UTF_8));
      }
    }
    open.forEach(values::remove);
    open.forEach(places::remove);
    return new KnownMembers(values, places);
  }

  /** Forgets what is known of a source: any value may be a member from now on. */
  static void forget(Connection connection, String source) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM picklift_known_value WHERE source_table = ?")) {
      delete.setString(1, source);
      delete.executeUpdate();
    }
  }

  /**
   * Adds what the tables have.
   *
   * @param calls that the saves show
   */
  static void add(Connection connection, String source, Mapping mapping, CallCells calls)
      throws SQLException {
    Map<String, Set<String>> before = before(connection, source);
    Map<String, Map<String, Set<String>>> found = new TreeMap<>();
    Set<String> open = new TreeSet<>();
    for (var entry : calls.columns().entrySet()) {
      Set<String> values = distinct(connection, source, mapping, entry.getKey(), !before.isEmpty());
      String place = entry.getKey().table() + "." + entry.getKey().column();
      for (String of : entry.getValue()) {
        if (values == null || of.length() > LONGEST_NAME) {
          open.add(of);
        } else {
          found.computeIfAbsent(of, k -> new LinkedHashMap<>()).put(place, values);
        }
      }
    }
    found.forEach(
        (of, places) -> {
          Set<String> all = new HashSet<>(before.getOrDefault(of, Set.of()));
          places.values().forEach(all::addAll);
          if (all.size() > MOST_VALUES || calls.mostObjects(of) > all.size()) {
            open.add(of);
          }
        });
    for (String of : open) {
      if (of.length() <= LONGEST_NAME) {
        insert(connection, source, of, "", "");
      }
    }
    for (var entry : found.entrySet()) {
      Set<String> all = new HashSet<>();
      entry.getValue().values().forEach(all::addAll);
      boolean isKnown = before.containsKey(entry.getKey());
      if (isKnown || calls.places(entry.getKey()) >= (long) LEAST_PLACES * all.size()) {
        for (var place : entry.getValue().entrySet()) {
          for (String value : place.getValue()) {
            insert(connection, source, entry.getKey(), place.getKey(), value);
          }
        }
      }
    }
  }

  private static Map<String, Set<String>> before(Connection connection, String source)
      throws SQLException {
    Map<String, Set<String>> values = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT class_name, value FROM picklift_known_value WHERE source_table = ?")) {
      select.setString(1, source);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          values
              .computeIfAbsent(row.getString(1), k -> new HashSet<>())
              .add(new String(row.getBytes(2), StandardCharsets.UTF_8));
        }
      }
    }
    return values;
  }

  /**
   * The values of a column; null where they are too many or too long, or no text or whole numbers.
   *
   * @param isOfSource whether only saves count that the source owns: what an application wrote into
   *     others proves nothing
   */
  private static @Nullable Set<String> distinct(
      Connection connection,
      String source,
      Mapping mapping,
      CallCells.Column column,
      boolean isOfSource)
      throws SQLException {
    TableMapping table = mapping.table(column.table());
    StoredColumn stored = table == null ? null : table.column(column.column());
    ColumnType.Base base = stored == null ? null : stored.type().base();
    if (base == null || !(base.isInteger() || base.isText())) {
      return null;
    }
    String name = "t." + SqlNames.quote(column.column());
    String sql =
        "SELECT DISTINCT CAST("
            + name
            + " AS CHAR) FROM "
            + SqlNames.quote(column.table())
            + " t JOIN picklift_save s ON s.save_id = t.save_id WHERE s.source_table = ? AND "
            + name
            + " IS NOT NULL"
            + (isOfSource ? " AND s.owner = 'source'" : "")
            + " LIMIT "
            + (MOST_VALUES + 1);
    Set<String> values = new HashSet<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          String value = row.getString(1);
          if (value.getBytes(StandardCharsets.UTF_8).length > LONGEST_VALUE) {
            return null;
          }
          values.add(value);
        }
      }
    }
    return values.size() > MOST_VALUES ? null : values;
  }

  private static void insert(
      Connection connection, String source, String of, String place, String value)
      throws SQLException {
    String sql =
        """
        INSERT INTO picklift_known_value (source_table, class_name, place, value)
        VALUES (?, ?, ?, ?) ON DUPLICATE KEY UPDATE value = VALUES(value)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, source);
      insert.setString(2, of);
      insert.setString(3, place);
      insert.setBytes(4, value.getBytes(StandardCharsets.UTF_8));
      insert.executeUpdate();
    }
  }
}
