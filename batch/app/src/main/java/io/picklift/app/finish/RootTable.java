package io.picklift.app.finish;

import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.rows.SqlNames;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The table that has one row for each save, and takes the ledger's place: the mapping's table of
 * whole saves where there is one, else its first.
 */
final class RootTable {
  private static final int MOST_SHOWN = 3;

  private final Mapping mapping;
  private final TableMapping table;

  private RootTable(Mapping mapping, TableMapping table) {
    this.mapping = mapping;
    this.table = table;
  }

  static RootTable of(Mapping mapping) {
    return new RootTable(mapping, mapping.root());
  }

  String name() {
    return table.name();
  }

  /** Why it cannot take the ledger's place; empty where it can. */
  List<String> problems(Connection connection) throws SQLException {
    List<String> problems = new ArrayList<>();
    long roots =
        mapping.tables().stream().filter(one -> one.source() instanceof RowSource.Root).count();
    if (roots > 1) {
      problems.add(
          "the mapping has "
              + roots
              + " tables of whole saves, and foreign keys can lead to one alone: evolve to a"
              + " mapping with one");
      return problems;
    }
    String root = SqlNames.quote(name());
    String rows =
        """
        SELECT s.source_key, COUNT(r.save_id) FROM picklift_save s
        LEFT JOIN %s r ON r.save_id = s.save_id WHERE s.status = 'migrated'
        GROUP BY s.save_id, s.source_key HAVING COUNT(r.save_id) <> 1 ORDER BY s.save_id LIMIT %d
        """
            .formatted(root, MOST_SHOWN);
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery(rows)) {
        while (row.next()) {
          problems.add(
              row.getString(1)
                  + ": has "
                  + row.getLong(2)
                  + " rows in "
                  + name()
                  + ", and each save needs exactly one there");
        }
      }
      for (TableMapping other : mapping.tables()) {
        addStrays(statement, root, other, problems);
      }
    }
    return problems;
  }

  /** Rows of no save would refuse the foreign key. */
  private void addStrays(
      Statement statement, String root, TableMapping other, List<String> problems)
      throws SQLException {
    boolean isRoot = other.name().equals(name());
    String strays =
        isRoot
            ? """
            SELECT r.save_id FROM %s r LEFT JOIN picklift_save s ON s.save_id = r.save_id
              AND s.status = 'migrated' WHERE s.save_id IS NULL LIMIT 1
            """
                .formatted(root)
            : """
            SELECT t.save_id FROM %s t LEFT JOIN %s r ON r.save_id = t.save_id
            WHERE r.save_id IS NULL LIMIT 1
            """
                .formatted(SqlNames.quote(other.name()), root);
    try (ResultSet row = statement.executeQuery(strays)) {
      if (row.next()) {
        problems.add(
            other.name()
                + ": has rows of save_id "
                + row.getLong(1)
                + (isRoot
                    ? ", which is no migrated save: enter it in the ledger, or delete them (of a"
                        + " deleted one: writeback takes it up again)"
                    : ", which has none in " + name() + ": delete them, or insert its root row"));
      }
    }
  }
}
