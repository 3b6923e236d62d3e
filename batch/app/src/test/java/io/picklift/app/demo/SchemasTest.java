package io.picklift.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.schema.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("database")
class SchemasTest {
  private final TestDatabase database = TestDatabase.get();
  private final Schemas.Server server;

  SchemasTest() throws Exception {
    String url = database.freshSchema();
    int schema = url.lastIndexOf('/') + 1;
    int options = url.indexOf('?');
    server =
        Schemas.Server.of(
            url.substring(0, schema) + url.substring(options),
            database.username(),
            database.password());
  }

  @AfterEach
  void drop() throws SQLException {
    execute("DROP DATABASE IF EXISTS " + Schemas.SOURCE);
    execute("DROP DATABASE IF EXISTS " + Schemas.TARGET);
  }

  @Test
  void itsOwnAreMadeAnewAndDropped() throws Exception {
    Schemas schemas = new Schemas(server);
    schemas.create();
    execute("CREATE TABLE " + Schemas.TARGET + ".player (id INT)");
    schemas.create();
    assertThat(tables(Schemas.TARGET)).isZero();
    assertThat(tables(Schemas.SOURCE)).isPositive();
    schemas.drop();
    assertThat(tables(Schemas.SOURCE)).isZero();
  }

  @Test
  void somebodyElsesAreNotTouched() throws Exception {
    execute("CREATE DATABASE " + Schemas.TARGET);
    execute("CREATE TABLE " + Schemas.TARGET + ".precious (id INT)");
    assertThatThrownBy(() -> new Schemas(server).create())
        .isInstanceOf(DemoException.class)
        .hasMessageContaining("not the demo's");
    assertThat(tables(Schemas.TARGET)).isOne();
  }

  @Test
  void aUrlWithASchemaIsRefused() {
    assertThatThrownBy(() -> Schemas.Server.of("jdbc:mysql://localhost:3306/mine", "", ""))
        .isInstanceOf(DemoException.class)
        .hasMessageContaining("without a schema");
  }

  private long tables(String schema) throws SQLException {
    try (Connection connection = server.connect("");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = '"
                    + schema
                    + "'")) {
      row.next();
      return row.getLong(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = server.connect("");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
