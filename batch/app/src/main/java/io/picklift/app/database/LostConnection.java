package io.picklift.app.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a pool's connection for good. */
public final class LostConnection {
  private static final Logger LOG = LoggerFactory.getLogger(LostConnection.class);

  private LostConnection() {}

  /** Ends a connection, and lets its pool see that: it would lend it out again otherwise. */
  public static void end(Connection connection) throws SQLException {
    connection.abort(Runnable::run);
    try (Statement statement = connection.createStatement()) {
      LOG.debug("{} is open still", statement);
    } catch (SQLException e) {
      // A connection of which the pool sees an error is given to nobody any more.
      LOG.debug("a connection was ended", e);
    }
  }
}
