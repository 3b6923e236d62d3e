package io.picklift.app.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lag by a row that the follower writes into the source. */
@Tag("database")
final class HeartbeatTest {
  private static final String TABLE =
      "CREATE TABLE picklift_heartbeat (reader VARCHAR(64) NOT NULL, beat BIGINT NOT NULL, PRIMARY"
          + " KEY (reader, beat))";

  @TempDir private Path folder = Path.of("");

  private static long beat(Statement statement) throws Exception {
    try (ResultSet row = statement.executeQuery("SELECT beat FROM picklift_heartbeat")) {
      assertThat(row.next()).isTrue();
      long beat = row.getLong(1);
      assertThat(row.next()).isFalse();
      return beat;
    }
  }

  @Test
  void whatDoesNotComeBackIsTheLag() throws Exception {
    try (FollowedGame followed = new FollowedGame(folder);
        Connection connection = followed.source.connect();
        Statement statement = connection.createStatement()) {
      followed.source.run(TABLE);
      followed.put("p1", 1);
      followed.follow(true, null);
      followed.caughtUp();
      long first = beat(statement);
      assertThat(System.currentTimeMillis() - first).isNotNegative();
      followed.await(() -> beat(statement) > first + 1_500);
      followed.await(() -> followed.followed().lagSeconds() < 2);
      // The beats are seen.
      followed.await(() -> followed.followed().transactions() > 0);
      // What is in the log and not visible holds the place back, and the beats behind it.
      followed.source.run("UPDATE saves SET name = 'x' WHERE id = 'p1'");
      connection.setAutoCommit(false);
      statement.execute("SELECT * FROM saves WHERE id = 'p1' FOR UPDATE");
      followed.put("p2", 2);
      followed.await(() -> followed.followed().lagSeconds() >= 1.5);
      connection.rollback();
      connection.setAutoCommit(true);
      followed.caughtUp();
      assertThat(followed.game.number("SELECT COUNT(*) FROM player")).isEqualTo(2);
      followed.stop();
      // Nobody writes any more.
      long last = beat(statement);
      TimeUnit.MILLISECONDS.sleep(1_500);
      assertThat(beat(statement)).isEqualTo(last);
    }
  }

  @Test
  void whatIsInTheLogAndWasNotReadYetIsNoLagOfZero() throws Exception {
    try (FollowedGame followed = new FollowedGame(folder)) {
      followed.source.run(TABLE, "CREATE TABLE other (data LONGBLOB)");
      followed.put("p1", 1);
      followed.follow(true, null);
      followed.caughtUp();
      followed.stop();
      // It takes a moment to read past this one.
      followed.source.run("INSERT INTO other VALUES (REPEAT('x', 60000000))");
      followed.put("p2", 2);
      TimeUnit.MILLISECONDS.sleep(2_100);
      List<String> wrong = new CopyOnWriteArrayList<>();
      followed.watch(
          how -> {
            if (how.lagSeconds() < 1 && players(followed) == 1) {
              wrong.add(how.toString());
            }
          });
      String before = followed.game.text("SELECT UTC_TIMESTAMP(6)");
      followed.follow(false, null);
      CompletableFuture<Void> waiting =
          CompletableFuture.runAsync(
              () -> {
                try {
                  followed.caughtUp();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      // What it enters for others tells no lag of zero either.
      String zero =
          "SELECT COUNT(*) FROM picklift_follow WHERE lag_seconds = 0 AND heard > '%s' AND 1 ="
              + " (SELECT COUNT(*) FROM player)";
      while (!waiting.isDone()) {
        assertThat(followed.game.number(zero.formatted(before))).isZero();
        TimeUnit.MILLISECONDS.sleep(20);
      }
      waiting.get();
      followed.await(() -> followed.followed().lagSeconds() < 1);
      followed.stop();
      assertThat(wrong).isEmpty();
      assertThat(players(followed)).isEqualTo(2);
    }
  }

  private static long players(FollowedGame followed) {
    try {
      return followed.game.number("SELECT COUNT(*) FROM player");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
