package io.picklift.schema.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("database")
final class TestDatabaseTest {
  @Test
  void everySchemaIsFreshAndHoldsAnyText() throws SQLException {
    TestDatabase database = TestDatabase.get();
    String url = database.freshSchema();
    assertThat(database.freshSchema()).isNotEqualTo(url);
    try (Connection connection = database.connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (a VARCHAR(10))");
      statement.execute("INSERT INTO t VALUES ('\uD83D\uDC0D')");
      try (ResultSet row = statement.executeQuery("SELECT a FROM t")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getString(1)).isEqualTo("\uD83D\uDC0D");
      }
    }
  }
}
