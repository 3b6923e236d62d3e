package io.picklift.app.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What following costs the source, by its own counters. */
@Tag("database")
final class FollowRestTest {
  private static final int ROWS = 200;
  private static final int SECONDS = 6;
  private static final int BYTES = 100_000;

  @TempDir private Path folder = Path.of("");

  private static Map<String, Long> counters(Statement statement) throws SQLException {
    Map<String, Long> counters = new TreeMap<>();
    try (ResultSet row =
        statement.executeQuery(
            "SHOW GLOBAL STATUS WHERE Variable_name IN ('Questions', 'Com_select',"
                + " 'Innodb_rows_read', 'Handler_read_rnd_next', 'Handler_read_next',"
                + " 'Bytes_sent')")) {
      while (row.next()) {
        counters.put(row.getString(1), row.getLong(2));
      }
    }
    return counters;
  }

  private static byte[] random(Random random) throws IOException {
    return Saves.random(random, BYTES);
  }

  /** One row in a hundred changes: what is sent is its BLOB, by the log and by the row. */
  @Test
  void whatIsReadIsTheLogAndTheRowsThatChanged() throws Exception {
    assumeTrue(
        !LoggingServer.get().isTarget(),
        "SOURCE AND TARGET ARE ONE SERVER: ITS COUNTERS ARE BOTH'S");
    Random random = new Random(7);
    try (FollowedGame followed = new FollowedGame(folder);
        Connection connection = followed.source.connect();
        Statement statement = connection.createStatement();
        PreparedStatement put =
            connection.prepareStatement("REPLACE INTO saves (id, data) VALUES (?, ?)")) {
      for (int i = 0; i < ROWS; i++) {
        put.setString(1, "p" + i);
        put.setBytes(2, random(random));
        put.executeUpdate();
      }
      followed.follow(true, null);
      followed.caughtUp();
      TimeUnit.SECONDS.sleep(1);
      Map<String, Long> before = counters(statement);
      for (int i = 0; i < ROWS / 100; i++) {
        put.setString(1, "p" + i);
        put.setBytes(2, random(random));
        put.executeUpdate();
      }
      followed.caughtUp();
      long sent = grown("Bytes_sent", before, counters(statement));
      followed.stop();
      // A REPLACE is logged as the old row and the new one; the row is read once.
      long changed = ROWS / 100 * BYTES;
      assertThat(sent).isBetween(2L * changed, 3L * changed + 60_000);
    }
  }

  private static long grown(String name, Map<String, Long> before, Map<String, Long> after) {
    return after.getOrDefault(name, 0L) - before.getOrDefault(name, 0L);
  }

  /** The questions are this test's own, and what a pool of connections asks to keep one alive. */
  private static boolean isRest(Map<String, Long> before, Map<String, Long> after) {
    return grown("Questions", before, after) <= 4 && grown("Innodb_rows_read", before, after) < 10;
  }

  @Test
  void aSourceAtRestIsAskedNothing() throws Exception {
    assumeTrue(
        !LoggingServer.get().isTarget(),
        "SOURCE AND TARGET ARE ONE SERVER: ITS COUNTERS ARE BOTH'S");
    try (FollowedGame followed = new FollowedGame(folder);
        Connection connection = followed.source.connect();
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < ROWS; i++) {
        followed.put("p" + i, i);
      }
      followed.follow(true, null);
      followed.caughtUp();
      Map<String, Long> before = counters(statement);
      Map<String, Long> after = before;
      // What was open a moment ago may still be closing: whatever asks each second asks in each of
      // these times.
      for (int i = 0; i < 10 && (i == 0 || !isRest(before, after)); i++) {
        before = counters(statement);
        TimeUnit.SECONDS.sleep(SECONDS);
        after = counters(statement);
      }
      assertThat(isRest(before, after)).as("%s, then %s", before, after).isTrue();
      followed.put("p7", 8);
      followed.caughtUp();
      Map<String, Long> changed = counters(statement);
      // One row, and not the table: its key by the log, the row by its key.
      assertThat(grown("Innodb_rows_read", after, changed)).isLessThan(ROWS / 2);
      // Stopping compares nothing either.
      followed.stop();
      assertThat(grown("Innodb_rows_read", changed, counters(statement))).isLessThan(10);
    }
  }
}
