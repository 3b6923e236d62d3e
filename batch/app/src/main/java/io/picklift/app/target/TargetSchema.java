package io.picklift.app.target;

import com.mysql.cj.exceptions.MysqlErrorNumbers;
import io.picklift.app.database.ServerErrors;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Makes the toolkit's own tables in the target, or brings them up to date. */
public final class TargetSchema {
  private static final String FOLDER = "classpath:db/migration/picklift";
  private static final String BASELINE = "0";
  private static final String HISTORY = "picklift_schema_history";

  private static final Pattern TABLE =
      Pattern.compile("(?im)^CREATE TABLE IF NOT EXISTS ([A-Za-z_]+) \\(");

  private TargetSchema() {}

  /**
   * Makes or changes the tables.
   *
   * @throws ConfigurationException if the server does not take a statement, or the tables are about
   *     to go
   * @throws SQLException if the account may not, or the server does not do it
   */
  public static void migrate(DataSource target) throws SQLException {
    checkFinish(target);
    migrateBegun(target);
  }

  /** What finish has begun only finish may end: tables that were dropped do not come again. */
  private static void checkFinish(DataSource target) throws SQLException {
    try (Connection connection = target.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT archive FROM picklift_finish")) {
      if (row.next()) {
        throw new ConfigurationException(
            "finish has begun to take Picklift out of the target: run finish --archive "
                + row.getString(1)
                + " again to complete it");
      }
    } catch (SQLException e) {
      if (e.getErrorCode() != MysqlErrorNumbers.ER_NO_SUCH_TABLE) {
        throw e;
      }
    }
  }

  /** The same for finish itself. */
  public static void migrateBegun(DataSource target) throws SQLException {
    try {
      if (!isUpToDate(target)) {
        flyway(target);
      }
    } catch (FlywayException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof SQLException sql) {
          throw made(sql);
        }
      }
      throw e;
    }
  }

  private static SQLException made(SQLException e) {
    if (e instanceof SQLSyntaxErrorException && !ServerErrors.isDenied(e)) {
      ConfigurationException wrong =
          new ConfigurationException(
              "the target's own tables could not be made: " + e.getMessage());
      wrong.initCause(e);
      throw wrong;
    }
    return e;
  }

  /** Whether all migrations were made; asking costs a tenth of what Flyway takes to say so. */
  private static boolean isUpToDate(DataSource target) throws SQLException {
    Set<String> made = new TreeSet<>();
    try (Connection connection = target.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT version, success FROM picklift_schema_history WHERE version <> '0'")) {
      while (row.next()) {
        if (!row.getBoolean(2)) {
          return false;
        }
        made.add(row.getString(1));
      }
    } catch (SQLException e) {
      if (e.getErrorCode() == MysqlErrorNumbers.ER_NO_SUCH_TABLE) {
        return false;
      }
      throw e;
    }
    return made.equals(known());
  }

  /** The versions of the migrations that this build has. */
  static Set<String> known() {
    Set<String> known = new TreeSet<>();
    try {
      for (Resource file : files()) {
        String name = String.valueOf(file.getFilename());
        known.add(name.substring(1, name.indexOf("__")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the migrations in this program cannot be listed", e);
    }
    return known;
  }

  /**
   * The tables that the migrations make, and Flyway's own; with {@code save_sequence}, which stays
   * when the others go.
   */
  public static Set<String> tables() {
    Set<String> tables = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    tables.add(HISTORY);
    try {
      for (Resource file : files()) {
        Matcher made = TABLE.matcher(file.getContentAsString(StandardCharsets.UTF_8));
        while (made.find()) {
          tables.add(made.group(1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the migrations in this program cannot be read", e);
    }
    return tables;
  }

  private static Resource[] files() throws IOException {
    return new PathMatchingResourcePatternResolver().getResources(FOLDER + "/V*.sql");
  }

  /** Whether no other build made something in the target that this one does not have. */
  private static boolean knowsAll(Flyway flyway) {
    Set<String> known = known();
    return Arrays.stream(flyway.info().applied())
        .map(MigrationInfo::getVersion)
        .filter(Objects::nonNull)
        .map(MigrationVersion::getVersion)
        .allMatch(version -> version.equals(BASELINE) || known.contains(version));
  }

  private static void flyway(DataSource target) {
    Flyway flyway =
        Flyway.configure()
            .dataSource(target)
            .locations(FOLDER)
            .table(HISTORY)
            // The target may hold other tables; version 0 lies before our first migration.
            .baselineOnMigrate(true)
            .baselineVersion(BASELINE)
            // A target that a build between two changes made has the later one and not the earlier.
            .outOfOrder(true)
            .loggers("slf4j")
            .load();
    if (knowsAll(flyway)) {
      // Ours may all run again after they were interrupted, and some were not written so at first:
      // the history gets the checksums of those that do the same now.
      flyway.repair();
    }
    flyway.migrate();
  }
}
