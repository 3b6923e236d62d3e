package io.picklift.app.database;

import com.mysql.cj.jdbc.JdbcConnection;
import java.io.ByteArrayInputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Statements with a BLOB. A long one goes to the server as it is, by a statement that the server
 * prepares: as text, which the driver makes of it otherwise, it takes twice the bytes, of {@code
 * max_allowed_packet} too.
 */
public final class BlobStatement {
  /** A shorter one is not worth that the server is asked twice. */
  private static final int LONG = 1 << 16;

  private BlobStatement() {}

  /** Prepares a statement for {@link #set}. */
  public static PreparedStatement prepare(Connection connection, String sql, byte[] blob)
      throws SQLException {
    return isLong(blob)
        ? connection.unwrap(JdbcConnection.class).serverPrepareStatement(sql)
        : connection.prepareStatement(sql);
  }

  /** Sets the BLOB that the statement was prepared for. */
  public static void set(PreparedStatement statement, int parameter, byte[] blob)
      throws SQLException {
    if (isLong(blob)) {
      statement.setBinaryStream(parameter, new ByteArrayInputStream(blob), blob.length);
    } else {
      statement.setBytes(parameter, blob);
    }
  }

  private static boolean isLong(byte[] blob) {
    return blob.length >= LONG;
  }
}
