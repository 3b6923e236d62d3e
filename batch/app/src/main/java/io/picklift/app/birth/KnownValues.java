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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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

  /** The columns that are known to show attributes of classes by name. */
  static List<CallCells.Column> named(Connection connection, String source) throws SQLException {
    List<CallCells.Column> named = new ArrayList<>();
    before(connection, source)
        .places()
        .forEach(
            (of, places) -> {
              if (CallCells.isByName(of)) {
                places.forEach(place -> named.add(column(place)));
              }
            });
    return named;
  }

  /**
   * Adds what the tables have of saves that the source owns: what an application wrote into the
   * others proves nothing.
   *
   * @param calls that the saves show
   */
  static void add(Connection connection, String source, Mapping mapping, CallCells calls)
      throws SQLException {
    Before before = before(connection, source);
    Map<String, Set<CallCells.Column>> columns = new TreeMap<>();
    calls
        .columns()
        .forEach(
            (column, of) ->
                of.forEach(
                    name -> columns.computeIfAbsent(name, k -> new LinkedHashSet<>()).add(column)));
    // Of some saves, such as ZODB's records, no call is looked at: they have values all the same.
    before
        .places()
        .forEach(
            (of, places) ->
                places.stream()
                    .map(KnownValues::column)
                    .filter(column -> isReadable(mapping, column))
                    .forEach(
                        column ->
                            columns.computeIfAbsent(of, k -> new LinkedHashSet<>()).add(column)));
    Map<CallCells.Column, Optional<Set<String>>> read = new HashMap<>();
    for (var entry : columns.entrySet()) {
      String of = entry.getKey();
      Set<String> known = before.values().getOrDefault(of, Set.of());
      // Of a class that edited saves show nobody can say any more which values it has.
      boolean isOpen = before.open().contains(of) || (known.isEmpty() && calls.isOwned(of));
      if (isOpen || of.length() > LONGEST_NAME) {
        continue;
      }
      Map<String, Set<String>> found = new LinkedHashMap<>();
      boolean isEnum = true;
      for (CallCells.Column column : entry.getValue()) {
        boolean isFromSaves =
            base(mapping, column) == ColumnType.Base.JSON || calls.isNamed(column);
        boolean isReadable = isReadable(mapping, column) || isFromSaves;
        if (isReadable && !isFromSaves && !read.containsKey(column)) {
          read.put(column, Optional.ofNullable(distinct(connection, source, column)));
        }
        Set<String> values =
            isFromSaves
                ? few(calls.readValues(column, of))
                : isReadable ? Objects.requireNonNull(read.get(column)).orElse(null) : null;
        if (values != null) {
          found.put(place(column), values);
        } else {
          isEnum &= !isReadable && !known.isEmpty();
        }
      }
      Set<String> all = new HashSet<>(known);
      found.values().forEach(all::addAll);
      if (!isEnum || all.size() > MOST_VALUES || calls.mostObjects(of) > all.size()) {
        insert(connection, source, of, "", "");
      } else if (!known.isEmpty() || calls.places(of) >= (long) LEAST_PLACES * all.size()) {
        for (var place : found.entrySet()) {
          boolean isNew = !before.places().getOrDefault(of, Set.of()).contains(place.getKey());
          // Where the mapping did not show the class before, all may stand that it has.
          for (String value : isNew && !known.isEmpty() ? all : place.getValue()) {
            insert(connection, source, of, place.getKey(), value);
          }
        }
      }
    }
  }

  /**
   * What is known already.
   *
   * @param open classes that are no enums
   */
  private record Before(
      Map<String, Set<String>> values, Map<String, Set<String>> places, Set<String> open) {}

  private static Before before(Connection connection, String source) throws SQLException {
    Before before = new Before(new HashMap<>(), new HashMap<>(), new HashSet<>());
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT class_name, place, value FROM picklift_known_value WHERE source_table = ?")) {
      select.setString(1, source);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          String of = row.getString(1);
          String place = row.getString(2);
          if (place.isEmpty()) {
            before.open().add(of);
          } else {
            before.places().computeIfAbsent(of, k -> new HashSet<>()).add(place);
            before
                .values()
                .computeIfAbsent(of, k -> new HashSet<>())
                .add(new String(row.getBytes(3), StandardCharsets.UTF_8));
          }
        }
      }
    }
    return before;
  }

  private static String place(CallCells.Column column) {
    return column.table() + "." + column.column();
  }

  private static CallCells.Column column(String place) {
    int dot = place.indexOf('.');
    return new CallCells.Column(place.substring(0, Math.max(0, dot)), place.substring(dot + 1));
  }

  /** Whether a column has texts or whole numbers. */
  private static boolean isReadable(Mapping mapping, CallCells.Column column) {
    ColumnType.Base base = base(mapping, column);
    return base != null && (base.isInteger() || base.isText());
  }

  private static ColumnType.@Nullable Base base(Mapping mapping, CallCells.Column column) {
    TableMapping table = mapping.table(column.table());
    StoredColumn stored = table == null ? null : table.column(column.column());
    return stored == null ? null : stored.type().base();
  }

  /** These; null where they are too many or too long. */
  private static @Nullable Set<String> few(Set<String> values) {
    boolean isLong =
        values.stream().anyMatch(v -> v.getBytes(StandardCharsets.UTF_8).length > LONGEST_VALUE);
    return isLong || values.size() > MOST_VALUES ? null : values;
  }

  /**
   * The values of a column in saves that the source owns; null where they are too many or too long.
   */
  private static @Nullable Set<String> distinct(
      Connection connection, String source, CallCells.Column column) throws SQLException {
    String name = "t." + SqlNames.quote(column.column());
    // As bytes: by their collation K and k may be one, and a letter with an accent and without.
    String sql =
        "SELECT DISTINCT CAST(CONVERT("
            + name
            + " USING utf8mb4) AS BINARY) FROM "
            + SqlNames.quote(column.table())
            + " t JOIN picklift_save s ON s.save_id = t.save_id WHERE s.source_table = ? AND "
            + name
            + " IS NOT NULL AND s.owner = 'source' LIMIT "
            + (MOST_VALUES + 1);
    Set<String> values = new HashSet<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          byte[] value = row.getBytes(1);
          if (value.length > LONGEST_VALUE) {
            return null;
          }
          values.add(new String(value, StandardCharsets.UTF_8));
        }
      }
    }
    return values.size() > MOST_VALUES ? null : values;
  }

  /**
   * The statement that makes a value known, as one that was migrated would be.
   *
   * @param place table and column with a dot between
   * @param saveId a save of the source that the class is known in
   */
  public static String statement(String className, String place, String value, long saveId) {
    return "INSERT INTO picklift_known_value (source_table, class_name, place, value) SELECT"
        + " source_table, "
        + literal(className)
        + ", "
        + literal(place)
        + ", "
        + literal(value)
        + " FROM picklift_save WHERE save_id = "
        + saveId;
  }

  /** Means the same in every {@code sql_mode} and with each client's character set. */
  private static String literal(String text) {
    boolean isPlain = text.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '\\');
    return isPlain
        ? "'" + text.replace("'", "''") + "'"
        : "X'" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)) + "'";
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
