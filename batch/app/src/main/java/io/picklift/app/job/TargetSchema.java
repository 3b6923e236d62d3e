package io.picklift.app.job;

import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationState;

/** Makes the toolkit's own tables in the target, or brings them up to date. */
final class TargetSchema {
  private TargetSchema() {}

  static void migrate(DataSource target) {
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
