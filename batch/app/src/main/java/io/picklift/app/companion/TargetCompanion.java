package io.picklift.app.companion;

import static io.picklift.schema.tables.rows.SqlNames.quote;

import com.mysql.cj.exceptions.MysqlErrorNumbers;
import io.picklift.app.database.ServerErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A companion's table in the target: makes it, and tells whether the one that is there is it. */
final class TargetCompanion {
  /** Of both servers' collations without padding, the one that there is. */
  private static final String COLLATION =
      """
      SELECT collation_name FROM information_schema.collations
      WHERE collation_name IN ('utf8mb4_0900_bin', 'utf8mb4_nopad_bin')
      ORDER BY collation_name DESC LIMIT 1
      """;

  private final Connection target;
  private final CompanionTable table;
  private final String source;

  /**
   * @param source as the ledger calls it
   */
  TargetCompanion(Connection target, CompanionTable table, String source) {
    this.target = target;
    this.table = table;
    this.source = source;
  }

  /** Makes the table where there is none. */
  void make() throws SQLException {
    String create = CompanionDdl.create(table, collation());
    String definition = CompanionDdl.definition(table, create);
    if (isThere()) {
      compare(definition);
      return;
    }
    execute("DELETE FROM picklift_companion_refused WHERE name = ?", table.name());
    execute(
        """
        REPLACE INTO picklift_companion (name, source_table, definition, first_seen)
        VALUES (?, ?, ?, UTC_TIMESTAMP(6))
        """,
        table.name(),
        source,
        definition);
    try (Statement statement = target.createStatement()) {
      statement.execute(create);
    } catch (SQLException e) {
      if (ServerErrors.isTransient(e)) {
        throw e;
      }
      throw table
          .config()
          .error("the target does not take the table '" + table.name() + "': " + e.getMessage());
    }
  }

  /** Whether the table is there as this companion's. */
  boolean isMade() throws SQLException {
    if (!isThere()) {
      return false;
    }
    compare(CompanionDdl.definition(table, CompanionDdl.create(table, collation())));
    return true;
  }

  private void compare(String definition) throws SQLException {
    String made = made();
    if (made == null) {
      throw table
          .config()
          .error("the target already has a table '" + table.name() + "', which is no companion's");
    }
    if (!made.equals(source + "\n" + definition)) {
      throw table
          .config()
          .error(
              "the target's table was made from other columns, types or another source; to have it"
                  + " copied again: DROP TABLE "
                  + quote(table.name()));
    }
  }

  private String collation() throws SQLException {
    try (Statement statement = target.createStatement();
        ResultSet row = statement.executeQuery(COLLATION)) {
      return row.next() ? row.getString(1) : "utf8mb4_bin";
    }
  }

  private boolean isThere() throws SQLException {
    String sql =
        "SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name ="
            + " ?";
    try (PreparedStatement select = target.prepareStatement(sql)) {
      select.setString(1, table.name());
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  private @Nullable String made() throws SQLException {
    String sql = "SELECT source_table, definition FROM picklift_companion WHERE name = ?";
    try (PreparedStatement select = target.prepareStatement(sql)) {
      select.setString(1, table.name());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getString(1) + "\n" + row.getString(2) : null;
      }
    } catch (SQLException e) {
      if (e.getErrorCode() == MysqlErrorNumbers.ER_NO_SUCH_TABLE) {
        // A target of an earlier build.
        return null;
      }
      throw e;
    }
  }

  private void execute(String sql, String... parameters) throws SQLException {
    try (PreparedStatement statement = target.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      statement.executeUpdate();
    }
  }
}
