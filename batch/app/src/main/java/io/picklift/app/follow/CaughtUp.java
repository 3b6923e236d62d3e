package io.picklift.app.follow;

import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.config.Config;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.Pools;
import io.picklift.app.database.Retry;
import io.picklift.app.follow.place.LogPlace;
import io.picklift.app.follow.place.PlaceTable;
import io.picklift.app.lock.TargetLock;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Waits beside a follower, from what it enters in the target. */
public final class CaughtUp {
  private static final long PAUSE_MILLIS = 100;

  /** Ten seconds. */
  private static final int MOST_FREE = 100;

  private CaughtUp() {}

  /**
   * Takes the source's place now, and waits until the follower's place covers it.
   *
   * @return false where nobody works on the target, or stops to
   */
  public static boolean await(FollowSource source, Config config, Consumer<String> say)
      throws DatabaseException, SQLException {
    String name = config.source().label();
    try (HikariDataSource target = Pools.open("target", config.requireTarget(), 1)) {
      if (!on(target, c -> TargetLock.isHeld(c) || TargetLock.wasFollowed(c))) {
        return false;
      }
      LogPlace wanted = Retry.retrying(source.log()::end);
      say.accept("waiting until the follower has " + wanted.line());
      int free = 0;
      // A follower lends the target, or loses it with its server, and has it back a moment later.
      // While the server is away nothing is known of it.
      while (free < MOST_FREE) {
        free = on(target, TargetLock::isHeld) ? 0 : free + 1;
        PlaceTable.Entry entry =
            on(target, c -> Optional.ofNullable(followed(c, name))).orElse(null);
        if (entry != null && source.covers(entry.place(), wanted)) {
          return true;
        }
        pause();
      }
      return false;
    }
  }

  /** The place of a follower that is at work; null where none is yet. */
  private static PlaceTable.@Nullable Entry followed(Connection connection, String name)
      throws SQLException {
    return PlaceTable.isFollowing(connection, name) ? PlaceTable.find(connection, name) : null;
  }

  /** A question to the target. */
  private interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  private static <T> T on(DataSource target, Question<T> question) throws SQLException {
    return Retry.retrying(
        () -> {
          try (Connection connection = target.getConnection()) {
            return question.ask(connection);
          }
        });
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
