package io.picklift.app.job;

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
 * marked as running are dead.
 */
final class TargetLock implements AutoCloseable {
  private final Connection connection;

  private TargetLock(Connection connection) {
    this.connection = connection;
  }

  /** Takes the lock; null where another process has it. */
  static @Nullable TargetLock take(DataSource target) throws SQLException {
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
    return isTaken ? new TargetLock(connection) : null;
  }

  /** Locks are the server's, not the schema's, and their names have at most 64 characters. */
  private static String name(String schema) {
    byte[] hash = Sha256.of(schema.getBytes(StandardCharsets.UTF_8));
    return "picklift:" + HexFormat.of().formatHex(hash, 0, 20);
  }

  @Override
  public void close() throws SQLException {
    try (connection;
        PreparedStatement statement = connection.prepareStatement("SELECT RELEASE_ALL_LOCKS()")) {
      statement.execute();
    }
  }
}
