package io.picklift.app.target;

import io.picklift.app.config.ConfigException;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;

/** Makes the toolkit's own tables in the target, or brings them up to date. */
public final class TargetSchema {
  private TargetSchema() {}

  /**
   * Makes or changes the tables.
   *
   * @throws ConfigException if the account may not
   * @throws SQLException if the server does not do it
   */
  public static void migrate(DataSource target) throws SQLException {
    try {
      flyway(target);
    } catch (FlywayException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof SQLSyntaxErrorException denied) {
          throw new ConfigException(
              "the target's own tables could not be made: " + denied.getMessage());
        }
        if (cause instanceof SQLException sql) {
          throw sql;
        }
      }
      throw e;
    }
  }

  private static void flyway(DataSource target) {
    Flyway flyway =
        Flyway.configure()
            .dataSource(target)
            .locations("classpath:db/migration/picklift")
            .table("picklift_schema_history")
            // The target may hold other tables; version 0 lies before our first migration.
            .baselineOnMigrate(true)
            .baselineVersion("0")
            .loggers("slf4j")
            .load();
    boolean hasFailed =
        Arrays.stream(flyway.info().all())
            .anyMatch(info -> info.getState() == MigrationState.FAILED);
    if (hasFailed) {
      // Ours may all run again after they were interrupted.
      flyway.repair();
    }
    flyway.migrate();
  }
}
