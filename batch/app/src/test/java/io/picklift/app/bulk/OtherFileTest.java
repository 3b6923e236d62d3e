package io.picklift.app.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.database.Pools;
import io.picklift.app.job.Game;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server may answer any statement with the wish for a file of the client. */
@Tag("database")
final class OtherFileTest {
  private static final String SECRET = "what no server may have";

  @TempDir private Path folder = Path.of("");

  @Test
  void aServerThatAsksForAFileGetsNothing() throws Exception {
    Game game = new Game(folder);
    Path file = Files.writeString(folder.resolve("secret"), SECRET);
    try (GreedyServer server = new GreedyServer(game.targetUrl(), "SELECT 'give'", file)) {
      game.configure("table: saves\n  key: id\n  blob: data", server.url(game.targetUrl()));
      try (WritingTarget target = WritingTarget.open(game.config().requireTarget(), 1);
          Connection connection = target.connect()) {
        asks(connection);
      }
      try (var pool = Pools.open("target", game.config().requireTarget(), 1);
          Connection connection = pool.getConnection()) {
        asks(connection);
      }
      assertThat(server.wishes()).isEqualTo(2);
      assertThat(server.heard()).doesNotContain(SECRET).contains("SELECT 'give'");
    }
  }

  private static void asks(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery("SELECT 'give'"))
          .isInstanceOf(SQLException.class)
          .hasMessageNotContaining(SECRET);
    }
  }

  @Test
  void theServerOfThisTestWouldGetAFileThatIsGiven() throws Exception {
    Game game = new Game(folder);
    Path file = Files.writeString(folder.resolve("secret"), SECRET);
    try (GreedyServer server = new GreedyServer(game.targetUrl(), "SELECT 'give'", file);
        Connection connection =
            game.connection(server.url(game.targetUrl()) + "&allowLoadLocalInfile=true");
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery("SELECT 'give'"))
          .isInstanceOf(SQLException.class);
      assertThat(server.heard()).contains(SECRET);
    }
  }

  static byte[] wish(Path file) {
    byte[] name = file.toString().getBytes(StandardCharsets.UTF_8);
    byte[] packet = new byte[5 + name.length];
    packet[0] = (byte) (name.length + 1);
    packet[1] = (byte) ((name.length + 1) >> 8);
    // The first answer to a command; then the mark of a wish for a file.
    packet[3] = 1;
    packet[4] = (byte) 0xfb;
    System.arraycopy(name, 0, packet, 5, name.length);
    return packet;
  }
}
