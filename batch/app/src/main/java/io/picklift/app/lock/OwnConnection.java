package io.picklift.app.lock;

import com.mysql.cj.exceptions.MysqlErrorNumbers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the connection by which this process holds the target's lock from all others, with a second
 * named lock that nobody else can know. A connection's number does not: a server that was started
 * anew counts from the beginning.
 */
final class OwnConnection {
  private static final Logger LOG = LoggerFactory.getLogger(OwnConnection.class);

  private final String name = "picklift:own:" + UUID.randomUUID();

  /** Marks a connection that has the target's lock. */
  void mark(Connection connection) throws SQLException {
    NamedLock.take(connection, name, 0);
  }

  /**
   * Ends the marked connection where the server has it still and the target's lock with it.
   *
   * @return whether there was one
   */
  boolean end(DataSource target) throws SQLException {
    String sql = "SELECT IS_USED_LOCK(?), IS_USED_LOCK(?)";
    try (Connection connection = target.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, TargetLock.name(connection.getCatalog()));
      select.setString(2, name);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        long holder = row.getLong(1);
        if (row.wasNull() || holder != row.getLong(2)) {
          return false;
        }
        LOG.info("connection {} was lost and holds the target's lock: it is ended", holder);
        kill(connection, holder);
        return true;
      }
    }
  }

  private static void kill(Connection connection, long id) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("KILL " + id);
    } catch (SQLException e) {
      if (e.getErrorCode() != MysqlErrorNumbers.ER_NO_SUCH_THREAD) {
        throw e;
      }
      LOG.debug("it ended by itself meanwhile", e);
    }
  }
}
