package io.picklift.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.config.Database;
import io.picklift.app.job.Game;
import io.picklift.app.job.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Statements that may take as long as they like, and do not wait for an answer that never comes.
 */
@Tag("database")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class LongStatementTest {
  private static final Duration EVERY = Duration.ofSeconds(1);

  @TempDir private Path folder = Path.of("");

  private static HikariDataSource pool(Game game, String url) throws Exception {
    Database known = game.config().requireTarget();
    return Pools.open("test", new Database(url, known.username(), known.password(), 1), 3);
  }

  private static boolean sleep(Connection connection, int seconds) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT SLEEP(" + seconds + ")")) {
      return row.next() && row.getInt(1) == 0;
    }
  }

  @Test
  void itMayTakeLongerThanOthers() throws Exception {
    Game game = new Game(folder);
    try (HikariDataSource pool = pool(game, game.targetUrl())) {
      try (Connection connection = pool.getConnection()) {
        assertThatThrownBy(() -> sleep(connection, 60)).isInstanceOf(SQLException.class);
      }
      assertThat(new LongStatement(pool, EVERY).<Boolean>run(connection -> sleep(connection, 4)))
          .isTrue();
    }
  }

  /** As a router does that forgets a connection on which nothing was said for long. */
  @Test
  void anAnswerThatWasLostIsNotWaitedFor() throws Exception {
    Game game = new Game(folder);
    try (Proxy proxy = new Proxy(game.targetUrl());
        HikariDataSource pool = pool(game, proxy.url(game.targetUrl()))) {
      CompletableFuture<Boolean> begun = new CompletableFuture<>();
      CompletableFuture<Boolean> done =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return new LongStatement(pool, EVERY)
                      .<Boolean>run(
                          connection -> {
                            begun.complete(true);
                            return sleep(connection, 4);
                          });
                } catch (SQLException e) {
                  throw new UncheckedSqlException(e);
                }
              });
      begun.get(2, TimeUnit.MINUTES);
      while (game.number(
              "SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE 'SELECT"
                  + " SLEEP(4)%'")
          == 0) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      proxy.cutOff();
      assertThatThrownBy(() -> done.get(3, TimeUnit.MINUTES))
          .hasCauseInstanceOf(UncheckedSqlException.class);
    }
  }
}
