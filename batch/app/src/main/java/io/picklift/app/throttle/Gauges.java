package io.picklift.app.throttle;

import io.picklift.app.config.Config;
import io.picklift.app.config.Database;
import io.picklift.app.config.Replica;
import io.picklift.app.config.ThrottleConfig;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.ServerErrors;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The gauges that a configuration asks for, each tried once. */
final class Gauges {
  private final Deque<AutoCloseable> open;
  private final List<Gauge> gauges = new ArrayList<>();

  private Gauges(Deque<AutoCloseable> open) {
    this.open = open;
  }

  /**
   * Opens them.
   *
   * @param open what was opened is pushed here, to be closed
   * @throws ConfigurationException if a privilege is missing, or a gauge can never tell
   */
  static List<Gauge> open(Config config, Clock clock, Deque<AutoCloseable> open)
      throws DatabaseException, SQLException {
    Gauges all = new Gauges(open);
    ThrottleConfig throttle = config.run().throttle();
    all.server(ThrottleConfig.SOURCE, config.source().database(), throttle);
    all.server(ThrottleConfig.TARGET, config.target(), throttle);
    all.replica(config.source().replica(), "source.replica");
    all.replica(throttle.replica(), "run.throttle.replica");
    if (throttle.http() != null) {
      all.gauges.add(new HttpAnswer(throttle.http()));
    }
    if (!throttle.windows().isEmpty()) {
      all.gauges.add(new TimeWindows(throttle.windows(), clock));
    }
    if (throttle.pauseFile() != null) {
      all.gauges.add(new PauseFile(throttle.pauseFile()));
    }
    for (Gauge gauge : all.gauges) {
      tried(gauge);
    }
    return all.gauges;
  }

  private void server(String role, @Nullable Database database, ThrottleConfig throttle)
      throws DatabaseException {
    boolean isQuery = throttle.query() != null && isFirst(role, throttle);
    boolean isNumber = throttle.threadsRunning() != null || throttle.historyList() != null;
    if (database == null || !throttle.servers().contains(role) || !(isQuery || isNumber)) {
      return;
    }
    GaugeConnection server = GaugeConnection.open(role, database);
    open.push(server);
    if (throttle.threadsRunning() != null) {
      gauges.add(new ThreadsRunning(server, throttle.threadsRunning()));
    }
    if (throttle.historyList() != null) {
      gauges.add(new HistoryList(server, throttle.historyList()));
    }
    if (isQuery) {
      gauges.add(new UserQuery(server, String.valueOf(throttle.query())));
    }
  }

  /** A query is asked at one server: the source, unless only the target is looked at. */
  private static boolean isFirst(String role, ThrottleConfig throttle) {
    return role.equals(ThrottleConfig.SOURCE)
        || !throttle.servers().contains(ThrottleConfig.SOURCE);
  }

  private void replica(@Nullable Replica replica, String key) throws DatabaseException {
    if (replica != null) {
      GaugeConnection server = GaugeConnection.open("replica", replica.database());
      open.push(server);
      gauges.add(new ReplicaLag(server, replica.maxLag(), key));
    }
  }

  /** What a gauge cannot tell now for a reason that stays is a mistake of the configuration. */
  private static void tried(Gauge gauge) throws SQLException {
    try {
      String unused = gauge.hold();
    } catch (SQLException e) {
      if (ServerErrors.isDenied(e)) {
        throw new ConfigurationException(
            "run.throttle: "
                + gauge.name()
                + " needs the privilege "
                + gauge.needs()
                + ", which the account does not have: "
                + e.getMessage());
      }
      if (String.valueOf(e.getSQLState()).startsWith("42")) {
        throw new ConfigurationException("run.throttle: " + gauge.name() + ": " + e.getMessage());
      }
      throw e;
    } catch (IOException e) {
      // An address that does not answer makes the run wait, and is said then.
      return;
    }
  }
}
