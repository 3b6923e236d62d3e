package io.picklift.app.evolve;

import io.picklift.app.bulk.IndexSession;
import io.picklift.app.changes.ChangeTriggers;
import io.picklift.app.database.TableNames;
import io.picklift.schema.evolve.TableChange;
import io.picklift.schema.mapping.IndexMapping;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.rows.BulkTable;
import io.picklift.schema.tables.rows.Ddl;
import io.picklift.schema.tables.rows.SqlNames;
import io.picklift.schema.yaml.ConfigurationException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The tables that are written anew, under names beside the former ones, and how they change places.
 */
final class BesideTables {
  private static final String NEW = "picklift_new_";
  private static final String OLD = "picklift_old_";

  /** Threads of the server that make a table's indexes: little else is at work meanwhile. */
  static final int THREADS = 2;

  private final Mapping next;

  /** By the final names. */
  private final Map<String, String> names = new HashMap<>();

  /** Each table that changes its name, and the name that it gets, in an order that works. */
  private final List<Renaming> renamings = new ArrayList<>();

  private record Renaming(String from, String to) {}

  BesideTables(Mapping former, Mapping next, Set<String> written, List<TableChange> changes) {
    this.next = next;
    for (TableMapping table : next.tables()) {
      if (written.contains(table.name())) {
        names.put(table.name(), NEW + table.number());
      }
    }
    Set<String> leaving = new TreeSet<>();
    for (TableChange change : changes) {
      String was = change.former();
      if (was != null
          && (change.how() == TableChange.How.DROPPED || written.contains(change.name()))) {
        leaving.add(was);
      }
    }
    for (TableMapping table : former.tables()) {
      if (leaving.contains(table.name())) {
        renamings.add(new Renaming(table.name(), OLD + table.number()));
      }
    }
    names.forEach((name, beside) -> renamings.add(new Renaming(beside, name)));
  }

  /** The name that a table of the new mapping has until the end. */
  String name(String table) {
    return names.getOrDefault(table, table);
  }

  /** Whether no save has to be taken apart anew. */
  boolean isNone() {
    return renamings.isEmpty();
  }

  /** Former tables that get another name. */
  List<String> leaving() {
    return renamings.stream().map(Renaming::from).filter(name -> !name.startsWith(NEW)).toList();
  }

  /**
   * Checks that the new tables' names are free, or become free.
   *
   * @throws ConfigurationException if there is another table of such a name
   */
  void checkNames(Connection connection) throws SQLException {
    for (String name : names.keySet()) {
      if (leaving().stream().noneMatch(name::equalsIgnoreCase)
          && TableNames.isThere(connection, name)) {
        throw new ConfigurationException(
            "the target has a table "
                + name
                + " already, which is not of its mapping: rename it, or the new mapping's");
      }
    }
  }

  /** The tables beside with what rows of them have, by the numbers of the new mapping's tables. */
  Map<Integer, BulkTable> bulk() {
    Map<Integer, BulkTable> tables = new HashMap<>();
    List<BulkTable> all = BulkTable.of(next);
    for (int i = 0; i < all.size(); i++) {
      TableMapping table = next.parentsFirst().get(i);
      String beside = names.get(table.name());
      if (beside != null) {
        tables.put(table.number(), new BulkTable(beside, all.get(i).columns(), ""));
      }
    }
    return tables;
  }

  void make(Connection connection) throws SQLException {
    for (TableMapping table : next.parentsFirst()) {
      if (names.containsKey(table.name())) {
        execute(connection, Ddl.early(next, table, this::name));
      }
    }
  }

  /** Makes the indexes that are made after the tables were filled, so far as they are missing. */
  void index(Connection connection) throws SQLException {
    for (TableMapping table : next.tables()) {
      String beside = names.get(table.name());
      if (beside != null) {
        Set<String> there = indexes(connection, beside);
        List<IndexMapping> missing =
            Ddl.lateIndexes(next, table).stream().filter(index -> !index.isOneOf(there)).toList();
        if (!missing.isEmpty()) {
          IndexSession.build(connection, Ddl.addIndexes(beside(table, beside), missing), THREADS);
        }
      }
    }
  }

  /**
   * Gives them the triggers that note changes for {@code writeback}, where the target has such:
   * after they were filled, and before others write into them.
   */
  void watch(Connection connection) throws SQLException {
    if (ChangeTriggers.areThere(connection)) {
      ChangeTriggers.make(connection, names.values());
    }
  }

  private static TableMapping beside(TableMapping table, String name) {
    return new TableMapping(
        name, table.number(), table.source(), table.stored(), table.indexes(), table.line());
  }

  /** The names of the indexes that the server has of a table. */
  static Set<String> indexes(Connection connection, String table) throws SQLException {
    String sql =
        """
        SELECT DISTINCT index_name FROM information_schema.statistics
        WHERE table_schema = DATABASE() AND table_name = ?
        """;
    Set<String> names = new TreeSet<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, table);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          names.add(row.getString(1));
        }
      }
    }
    return names;
  }

  /** One statement: either all tables have changed places, or none. */
  String renaming() {
    StringBuilder sql = new StringBuilder("RENAME TABLE ");
    for (Renaming one : renamings) {
      sql.append(sql.charAt(sql.length() - 1) == ' ' ? "" : ", ");
      sql.append(SqlNames.quote(one.from())).append(" TO ").append(SqlNames.quote(one.to()));
    }
    return sql.toString();
  }

  /** Whether they have changed places, of tables that had been made. */
  boolean isRenamed(Connection connection) throws SQLException {
    Set<String> there = tables(connection);
    for (Renaming one : renamings) {
      boolean isBeside = one.from().startsWith(NEW);
      if (isBeside ? there.contains(one.from()) : !there.contains(one.to()) && isGone(one, there)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a former table is still in its place: a new one of its name would be there else. */
  private boolean isGone(Renaming one, Set<String> there) {
    return next.table(one.from()) == null && there.contains(one.from());
  }

  private static Set<String> tables(Connection connection) throws SQLException {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT table_name FROM information_schema.tables WHERE table_schema ="
                    + " DATABASE()")) {
      while (row.next()) {
        names.add(row.getString(1));
      }
    }
    return names;
  }

  /** Drops what was made beside. */
  static void dropNew(Connection connection) throws SQLException {
    drop(connection, NEW);
  }

  /** Drops the former tables, which nothing refers to any more. */
  static void dropOld(Connection connection) throws SQLException {
    drop(connection, OLD);
  }

  private static void drop(Connection connection, String prefix) throws SQLException {
    List<String> found =
        tables(connection).stream()
            .filter(name -> name.matches(prefix + "\\d+"))
            .map(SqlNames::quote)
            .toList();
    if (!found.isEmpty()) {
      // In one statement: they may refer to each other.
      execute(connection, "SET SESSION foreign_key_checks = 0");
      execute(connection, "DROP TABLE IF EXISTS " + String.join(", ", found));
      execute(connection, "SET SESSION foreign_key_checks = 1");
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
