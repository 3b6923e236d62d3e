package io.picklift.app.follow;

import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.config.Config;
import io.picklift.app.config.Database;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.Pools;
import io.picklift.app.database.Retry;
import io.picklift.app.follow.check.FollowCheck;
import io.picklift.app.follow.log.Beside;
import io.picklift.app.follow.log.LogClient;
import io.picklift.app.follow.log.LogRefusedException;
import io.picklift.app.follow.log.LogSink;
import io.picklift.app.follow.log.LogStart;
import io.picklift.app.follow.log.TableLayout;
import io.picklift.app.follow.place.LogPlace;
import io.picklift.app.follow.place.ServerLog;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The server whose log is followed. */
public final class FollowSource implements AutoCloseable {
  private static final int CONNECTIONS = 3;

  private final Config config;
  private final Database database;
  private final HikariDataSource pool;
  private final ServerLog log;

  /**
   * Whether the server's settings were always those under which its tables have what its log has.
   */
  private boolean isDurable = true;

  private FollowSource(Config config, Database database, HikariDataSource pool) {
    this.config = config;
    this.database = database;
    this.pool = pool;
    log = new ServerLog(pool);
  }

  /**
   * Connects, and checks that the log can be followed; writes nothing.
   *
   * @throws ConfigurationException if a setting or a right is missing
   */
  public static FollowSource open(Config config) throws DatabaseException, SQLException {
    FollowCheck.configured(config);
    Database database = Objects.requireNonNull(config.source().database(), "source.url");
    HikariDataSource pool = Pools.open("source", database, CONNECTIONS);
    FollowSource source = new FollowSource(config, database, pool);
    boolean isOpen = false;
    try {
      String account = source.account();
      FollowCheck.run(pool, config.source(), account);
      source.probe(account);
      isOpen = true;
      return source;
    } finally {
      if (!isOpen) {
        source.close();
      }
    }
  }

  /** As a GRANT names the account. */
  private String account() throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT CURRENT_USER()")) {
      row.next();
      String name = row.getString(1);
      int at = name.lastIndexOf('@');
      return "'" + name.substring(0, at) + "'@'" + name.substring(at + 1) + "'";
    }
  }

  /** Asks for the log once: no statement tells whether the account may. */
  private void probe(String account) throws DatabaseException, SQLException {
    try (LogClient client = connect(log.visible(), unused -> {})) {
      client.check();
    } catch (LogRefusedException e) {
      if (e.isDenied()) {
        throw FollowCheck.logDenied(account);
      }
      throw new DatabaseException(
          "source: the server does not send its log: " + e.getMessage(), false, e);
    } catch (IOException e) {
      throw new DatabaseException("source: the log cannot be read: " + e.getMessage(), false, e);
    }
  }

  /** What the log does not tell of the table though it is followed; null for nothing. */
  @Nullable String hidden() throws SQLException {
    return Retry.retrying(() -> Optional.ofNullable(FollowCheck.hidden(pool))).orElse(null);
  }

  ServerLog log() {
    return log;
  }

  /** Has a sink told what the log says from a place on. */
  LogClient connect(LogPlace place, LogSink sink) throws IOException, SQLException {
    // A setting may be another one by now, and a table may have another key.
    Retry.retrying(
        () -> {
          FollowCheck.run(pool, config.source(), account());
          return true;
        });
    TableLayout layout = layout();
    // What a server has lost in a crash depends on its settings before that.
    isDurable &= Retry.retrying(log::isDurable);
    LogStart start = new LogStart(place.gtids(), place.file(), place.offset(), isDurable);
    Beside beside =
        new Beside(companions(), layout.heartbeat(Heartbeat.TABLE, pool), heartbeatReader());
    return LogClient.open(database, layout, beside, start, sink);
  }

  /** The followed table as it is now. */
  TableLayout layout() throws SQLException {
    return Retry.retrying(
        () -> TableLayout.read(pool, config.source().table(), config.source().key()));
  }

  private String heartbeatReader() {
    return Heartbeat.reader(config.requireTarget().place());
  }

  /** Writes the time into the source, where it may: what a replica got is its source's alone. */
  Heartbeat heartbeat() throws SQLException {
    return Retry.retrying(log::isReplica)
        ? Heartbeat.none(pool)
        : Heartbeat.begin(pool, heartbeatReader());
  }

  private Set<String> companions() {
    return config.companions().stream().map(it -> it.from()).collect(Collectors.toSet());
  }

  /** Whether what is before a place can be seen by now, as far as the server tells. */
  boolean isVisible(LogPlace place) throws SQLException {
    LogPlace visible = Retry.retrying(log::visible);
    // Without GTIDs, MySQL tells of the beginning of a file alone; a moment has passed as well.
    return log.isByFileAlone(visible) || covers(visible, place);
  }

  /** Whether all that is before {@code wanted} is before {@code reached}. */
  boolean covers(LogPlace reached, LogPlace wanted) throws SQLException {
    return Retry.retrying(() -> log.covers(reached, wanted));
  }

  /** How far the server's clock is ahead of this machine's, in seconds. */
  long clockAhead() throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT UNIX_TIMESTAMP()")) {
      row.next();
      return row.getLong(1) - System.currentTimeMillis() / 1_000;
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
