package io.picklift.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.picklift.app.job.Game;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("database")
final class BlobStatementTest {
  private static final String INSERT = "INSERT INTO held (id, data, mark) VALUES (?, ?, 'x')";
  private static final int LONG = 1_900_000;

  /** Of the driver: a statement as text would be longer, the BLOB itself is not. */
  private static final String BOUND = "&maxAllowedPacket=2000000";

  @TempDir private Path folder = Path.of("");

  private Game game;

  @BeforeEach
  void table() throws Exception {
    game = new Game(folder);
    game.source("CREATE TABLE held (id INT PRIMARY KEY, data LONGBLOB, mark CHAR(1))");
  }

  private static byte[] blob(int bytes) {
    byte[] blob = new byte[bytes];
    new Random(bytes).nextBytes(blob);
    return blob;
  }

  private static void insert(Connection connection, int id, byte[] blob) throws SQLException {
    try (PreparedStatement insert = BlobStatement.prepare(connection, INSERT, blob)) {
      insert.setInt(1, id);
      BlobStatement.set(insert, 2, blob);
      assertThat(insert.executeUpdate()).isEqualTo(1);
    }
  }

  private static byte[] held(Connection connection, int id) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT data FROM held WHERE id = " + id)) {
      assertThat(row.next()).isTrue();
      return row.getBytes(1);
    }
  }

  @Test
  void bytesAreHeldAsTheyAre() throws Exception {
    for (String type : new String[] {"LONGBLOB", "LONGTEXT CHARACTER SET latin1"}) {
      game.source("DELETE FROM held");
      game.source("ALTER TABLE held MODIFY data " + type);
      try (Connection connection = game.connection(game.sourceUrl())) {
        for (int bytes : new int[] {0, 1, 300, 65_535, 65_536, 300_000}) {
          insert(connection, bytes, blob(bytes));
        }
      }
      game.source("ALTER TABLE held MODIFY data LONGBLOB");
      try (Connection connection = game.connection(game.sourceUrl())) {
        for (int bytes : new int[] {0, 1, 300, 65_535, 65_536, 300_000}) {
          assertThat(held(connection, bytes)).as(type).isEqualTo(blob(bytes));
        }
      }
    }
  }

  @Test
  void aBlobNeedsNoMoreOfAPacketThanItHas() throws Exception {
    byte[] blob = blob(LONG);
    try (Connection connection = game.connection(game.sourceUrl() + BOUND)) {
      try (PreparedStatement plain = connection.prepareStatement(INSERT)) {
        plain.setInt(1, 1);
        plain.setBytes(2, blob);
        assertThatThrownBy(plain::executeUpdate)
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(ServerErrors.isTooLong(e)).isTrue());
      }
      insert(connection, 1, blob);
    }
    try (Connection connection = game.connection(game.sourceUrl())) {
      assertThat(held(connection, 1)).isEqualTo(blob);
    }
  }

  @Test
  void oneThatTheServerDoesNotTakeIsTooLong() throws Exception {
    try (Connection connection = game.connection(game.sourceUrl())) {
      int most;
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT @@max_allowed_packet")) {
        row.next();
        most = row.getInt(1);
      }
      byte[] blob = new byte[most + 1];
      SQLException e = catchThrowableOfType(SQLException.class, () -> insert(connection, 1, blob));
      assertThat(ServerErrors.isTooLong(e)).as(e.toString()).isTrue();
      insert(connection, 1, blob(10));
    }
  }
}
