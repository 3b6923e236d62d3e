package io.picklift.app.changes;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A save is asked for in each table, whatever the number of tables. */
@Tag("database")
final class NoRowTest {
  /** As many as a server still joins. */
  private static final int TABLES = 40;

  private static final String SAVES = "SELECT save_id FROM saves s WHERE TRUE%s ORDER BY save_id";

  @Test
  void everyTableIsAskedByItself() throws Exception {
    StringBuilder yaml = new StringBuilder("version: 1\ntables:\n");
    for (int i = 0; i < TABLES; i++) {
      yaml.append(
          "  t%d: {%s, columns: {a: BIGINT}}\n"
              .formatted(i, i == 0 ? "root: true" : "class: g.C" + i));
    }
    String sql = SAVES.formatted(NoRow.and(Mapping.parse("m", yaml.toString()), "s.save_id"));
    TestDatabase database = TestDatabase.get();
    try (Connection connection = database.connect(database.freshSchema());
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(60);
      statement.executeUpdate("CREATE TABLE saves (save_id BIGINT PRIMARY KEY)");
      statement.executeUpdate("INSERT INTO saves VALUES (1), (2), (3), (4), (5)");
      for (int i = 0; i < TABLES; i++) {
        statement.executeUpdate(
            "CREATE TABLE t%d (save_id BIGINT, ordinal INT, PRIMARY KEY (save_id, ordinal))"
                .formatted(i));
        statement.executeUpdate("INSERT INTO t%d VALUES (4, 0), (4, 1), (9, 0)".formatted(i));
      }
      statement.executeUpdate("INSERT INTO t0 VALUES (1, 0)");
      statement.executeUpdate("INSERT INTO t%d VALUES (2, 5)".formatted(TABLES - 1));

      assertThat(ids(statement, sql)).containsExactly(3L, 5L);
      String explain = database.isMySql() ? "EXPLAIN FORMAT=TRADITIONAL " : "EXPLAIN ";
      assertThat(subqueries(statement, explain + sql)).isEqualTo(TABLES);
    }
  }

  private static List<Long> ids(Statement statement, String sql) throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        ids.add(row.getLong(1));
      }
    }
    return ids;
  }

  /** Tables that the server's plan reads in a query of their own, and joins to no other one. */
  private static int subqueries(Statement statement, String sql) throws SQLException {
    int count = 0;
    try (ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        count += row.getString("select_type").equals("DEPENDENT SUBQUERY") ? 1 : 0;
      }
    }
    return count;
  }
}
