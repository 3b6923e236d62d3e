package io.picklift.app.follow;

import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.config.Config;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.Pools;
import io.picklift.app.follow.place.LogPlace;
import io.picklift.app.follow.place.PlaceTable;
import io.picklift.app.lock.TargetLock;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;

/** Waits beside a follower, from what it enters in the target. */
public final class CaughtUp {
  private static final long PAUSE_MILLIS = 100;
  private static final long FREE_NANOS = 10_000_000_000L;

  private CaughtUp() {}

  /**
   * Takes the source's place now, and waits until the follower's place covers it.
   *
   * @return false where nobody works on the target, or stops to
   */
  public static boolean await(FollowSource source, Config config, Consumer<String> say)
      throws DatabaseException, SQLException {
    String name = config.source().label();
    try (HikariDataSource target = Pools.open("target", config.requireTarget(), 1);
        Connection connection = target.getConnection()) {
      if (!TargetLock.isHeld(connection) && !TargetLock.wasFollowed(connection)) {
        return false;
      }
      LogPlace wanted = source.log().end();
      say.accept("waiting until the follower has " + wanted.line());
      long seen = System.nanoTime();
      // A follower lends the target, or loses it with its server, and has it back a moment later.
      while (System.nanoTime() - seen < FREE_NANOS) {
        seen = TargetLock.isHeld(connection) ? System.nanoTime() : seen;
        PlaceTable.Entry entry = PlaceTable.find(connection, name);
        if (entry != null
            && entry.state() == PlaceTable.State.FOLLOWING
            && source.covers(entry.place(), wanted)) {
          return true;
        }
        pause();
      }
      return false;
    }
  }

  private static void pause() throws SQLException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while the follower was waited for", e);
    }
  }
}
