package io.picklift.app.throttle;

import io.picklift.schema.yaml.ConfigurationException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How far a replica is behind, by what it says itself. */
final class ReplicaLag implements Gauge {
  private static final long NOT_REPLICATING = -1;

  private final GaugeConnection replica;
  private final Duration most;
  private final String key;

  /**
   * @param key of the configuration
   */
  ReplicaLag(GaugeConnection replica, Duration most, String key) {
    this.replica = replica;
    this.most = most;
    this.key = key;
  }

  @Override
  public String name() {
    return "the lag of " + key;
  }

  @Override
  public String needs() {
    return "REPLICATION CLIENT (on MariaDB: REPLICA MONITOR)";
  }

  @Override
  public @Nullable String hold() throws SQLException {
    long lag = replica.ask("SHOW REPLICA STATUS", this::behind);
    if (lag == NOT_REPLICATING) {
      return "it does not replicate just now";
    }
    return lag > most.toSeconds()
        ? String.format(Locale.ROOT, "it is %d s behind, more than %d", lag, most.toSeconds())
        : null;
  }

  /**
   * The greatest lag of all channels in seconds; {@link #NOT_REPLICATING} where one of them does
   * not replicate.
   */
  private long behind(ResultSet row) throws SQLException {
    if (!row.next()) {
      throw new ConfigurationException(
          key + ": " + replica.database().place() + " is not a replica of any server");
    }
    String column = column(row);
    long most = 0;
    do {
      long lag = row.getLong(column);
      if (row.wasNull()) {
        return NOT_REPLICATING;
      }
      most = Math.max(most, lag);
    } while (row.next());
    return most;
  }

  /** MySQL says source, MariaDB master. */
  private static String column(ResultSet row) throws SQLException {
    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
      String name = row.getMetaData().getColumnLabel(i);
      if (name.equals("Seconds_Behind_Source") || name.equals("Seconds_Behind_Master")) {
        return name;
      }
    }
    throw new SQLException("SHOW REPLICA STATUS tells no lag");
  }

  @Override
  public void close() {
    replica.close();
  }
}
