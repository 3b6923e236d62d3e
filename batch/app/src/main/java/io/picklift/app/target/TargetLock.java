package io.picklift.app.target;

import io.picklift.app.source.Sha256;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two processes from working on one target. A named lock of the server: it goes with its
 * connection, so a process that was killed leaves none behind, and who has it knows that executions
 * marked as running are dead. For the same reason it has to be looked after: a server that
 * restarts, or closes what is idle, sets it free. For any thread.
 */
public final class TargetLock implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 10;

  private final DataSource target;
  private Connection connection;

  private TargetLock(DataSource target, Connection connection) {
    this.target = target;
    this.connection = connection;
  }

  /** Takes the lock; null where another process has it. */
  public static @Nullable TargetLock take(DataSource target) throws SQLException {
    Connection connection = locked(target);
    return connection == null ? null : new TargetLock(target, connection);
  }

  /**
   * Makes sure that this process still has the lock, before anything is written.
   *
   * @throws LockLostException where another process has it by now
   */
  synchronized void hold() throws SQLException {
    if (connection.isValid(PATIENCE_SECONDS)) {
      return;
    }
    connection.close();
    Connection again = locked(target);
    if (again == null) {
      throw new LockLostException();
    }
    connection = again;
  }

  private static @Nullable Connection locked(DataSource target) throws SQLException {
    Connection connection = target.getConnection();
    boolean isTaken = false;
    try (PreparedStatement statement = connection.prepareStatement("SELECT GET_LOCK(?, 2)")) {
      statement.setString(1, name(connection.getCatalog()));
      try (ResultSet row = statement.executeQuery()) {
        isTaken = row.next() && row.getInt(1) == 1;
      }
    } finally {
      if (!isTaken) {
        connection.close();
      }
    }
    return isTaken ? connection : null;
  }

  /** Locks are the server's, not the schema's, and their names have at most 64 characters. */
  public static String name(String schema) {
    byte[] hash = Sha256.of(schema.getBytes(StandardCharsets.UTF_8));
    return "picklift:" + HexFormat.of().formatHex(hash, 0, 20);
  }

  @Override
  public synchronized void close() throws SQLException {
    try (Connection held = connection;
        PreparedStatement statement = held.prepareStatement("SELECT RELEASE_ALL_LOCKS()")) {
      statement.execute();
    }
  }
}
