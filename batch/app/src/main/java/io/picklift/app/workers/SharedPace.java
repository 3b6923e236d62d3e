package io.picklift.app.workers;

import io.picklift.app.config.MaxRate;
import io.picklift.app.control.ControlTable;
import io.picklift.app.control.Orders;
import io.picklift.app.throttle.Politeness;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this worker's share of what all workers together may do: the run's rate divided by the
 * ranges in hand, looked up every second; and the run's pause. For any thread.
 */
public final class SharedPace implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SharedPace.class);
  private static final long EVERY_MILLIS = 1_000;

  private final DataSource target;
  private final Politeness polite;
  private final String worker;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(SharedPace::daemon);
  private volatile @Nullable String rate;

  private SharedPace(DataSource target, Politeness polite, String worker) {
    this.target = target;
    this.polite = polite;
    this.worker = worker;
  }

  /**
   * Begins to look.
   *
   * @param worker the name that this worker's leases have
   */
  public static SharedPace begin(DataSource target, Politeness polite, String worker) {
    SharedPace pace = new SharedPace(target, polite, worker);
    Future<?> unused =
        pace.thread.scheduleWithFixedDelay(
            pace::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    return pace;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "pace");
    thread.setDaemon(true);
    return thread;
  }

  /** From now on this rate, of all workers together; null for any. */
  public void keep(@Nullable String most) {
    rate = most;
    look();
  }

  private void look() {
    try (Connection connection = target.getConnection()) {
      Orders orders = ControlTable.read(connection);
      String ordered = orders == null ? null : orders.maxRate();
      String most = ordered == null ? rate : ordered;
      polite.pause(orders != null && orders.isPaused());
      polite.rate(most == null || most.equals(Orders.NO_RATE) ? null : share(connection, most));
    } catch (SQLException | RuntimeException e) {
      // The table is not there before the first run; a server that is away is waited for by others.
      LOG.debug("no look at the pace", e);
    }
  }

  private MaxRate share(Connection connection, String most) throws SQLException {
    MaxRate all = MaxRate.parse(most);
    String sql =
        """
        SELECT COUNT(*), COALESCE(SUM(worker = ?), 0) FROM picklift_lease WHERE state = 'held'
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, worker);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        double share = Math.max(1, row.getLong(2)) / (double) Math.max(1, row.getLong(1));
        return new MaxRate(all.perSecond() * Math.min(1, share), all.isBytes());
      }
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
