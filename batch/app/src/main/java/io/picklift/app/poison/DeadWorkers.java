package io.picklift.app.poison;

import io.picklift.app.database.Retry;
import io.picklift.app.lock.LifeSign;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** Tells worker processes that are gone from those that live on without a coordinator. */
final class DeadWorkers {
  private static final long LOOK_MILLIS = 200;
  private static final long YOUNG_LOOK_MILLIS = 1_000;

  /** A worker may need so long to reach a server that was started anew. */
  private static final long YOUNG_SECONDS = 30;

  private final DataSource target;

  DeadWorkers(DataSource target) {
    this.target = target;
  }

  /**
   * Those that are gone. A server that was started anew knows nothing of those that live before
   * they have said so again: it is asked for some seconds, unless all are there, and until it has
   * run for {@value #YOUNG_SECONDS} seconds.
   */
  Set<String> among(Set<String> workers) throws SQLException {
    Set<String> gone = new HashSet<>(workers);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LifeSign.BACK_SECONDS);
    while (!gone.isEmpty()) {
      Set<String> asked = Set.copyOf(gone);
      gone.removeAll(Retry.connected(target, connection -> there(connection, asked)));
      if (gone.isEmpty()) {
        break;
      }
      boolean isYoung = Retry.connected(target, DeadWorkers::upSeconds) < YOUNG_SECONDS;
      if (!isYoung && System.nanoTime() - end >= 0) {
        break;
      }
      pause(isYoung ? YOUNG_LOOK_MILLIS : LOOK_MILLIS);
    }
    return gone;
  }

  /** How long the server has been up. */
  private static long upSeconds(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Uptime'")) {
      if (!row.next()) {
        throw new SQLException("the server does not say how long it has been up");
      }
      return row.getLong(2);
    }
  }

  private static Set<String> there(Connection connection, Set<String> workers) throws SQLException {
    Set<String> there = new HashSet<>();
    for (String worker : workers) {
      if (LifeSign.isThere(connection, worker)) {
        there.add(worker);
      }
    }
    return there;
  }

  private static void pause(long millis) throws SQLException {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while workers were looked for", e);
    }
  }
}
