package io.picklift.app.monitor;

import io.picklift.app.account.RunTable;
import io.picklift.app.config.Config;
import io.picklift.app.config.Database;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.Pools;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the target when the last run began that left it up to date, and how far a follower was, so
 * that a process which was started again knows how far behind it is.
 */
final class LastComplete {
  private static final Logger LOG = LoggerFactory.getLogger(LastComplete.class);

  private LastComplete() {}

  /** Tells it, where there was one and the target can be asked. */
  static void tell(Config config, Consumer<Instant> when) {
    Database database = config.requireTarget();
    try (var pool = Pools.open("target", database, 1)) {
      ask(pool, config.source().label(), when);
    } catch (DatabaseException | SQLException e) {
      // A target that is empty, or away: the first run tells.
      LOG.info("when the last run was is not known: {}", e.getMessage());
    }
  }

  private static void ask(DataSource target, String source, Consumer<Instant> when)
      throws SQLException {
    String runs =
        """
        SELECT TIMESTAMPDIFF(MICROSECOND, MAX(began), UTC_TIMESTAMP(6)) / 1000
        FROM picklift_run WHERE source_table = ? AND %s
        """
            .formatted(RunTable.CAUGHT_UP);
    ask(target, runs, source, when);
    String followed =
        """
        SELECT TIMESTAMPDIFF(MICROSECOND, heard, UTC_TIMESTAMP(6)) / 1000 + lag_seconds * 1000
        FROM picklift_follow WHERE source_table = ? AND state = 'following'
        """;
    ask(target, followed, source, when);
  }

  private static void ask(DataSource target, String sql, String source, Consumer<Instant> when)
      throws SQLException {
    try (Connection connection = target.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      try (ResultSet row = select.executeQuery()) {
        long millis = row.next() ? row.getLong(1) : -1;
        if (millis >= 0 && !row.wasNull()) {
          when.accept(Instant.now().minusMillis(millis));
        }
      }
    }
  }
}
