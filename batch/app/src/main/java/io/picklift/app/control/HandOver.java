package io.picklift.app.control;

import com.mysql.cj.exceptions.MysqlErrorNumbers;
import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.config.Config;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.Pools;
import io.picklift.app.database.Retry;
import io.picklift.app.lock.TargetLock;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands a command to the process that follows the log, and waits for its outcome. */
public final class HandOver {
  private static final long LOOK_MILLIS = 200;

  /** A follower looks each second, and takes no longer than a batch. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** How long the target is free before the follower is believed to be gone. */
  private static final long GONE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final HikariDataSource target;
  private final Consumer<String> say;
  private final BooleanSupplier isStopped;

  private HandOver(HikariDataSource target, Consumer<String> say, BooleanSupplier isStopped) {
    this.target = target;
    this.say = say;
    this.isStopped = isStopped;
  }

  /** Reads the mapping that the command was called with. */
  public interface MappingReader {
    MappingPrint read() throws DatabaseException, SQLException;
  }

  /**
   * Hands over, and waits.
   *
   * @param isStopped whether the process was told to stop
   * @return null where the command is to do it itself: nobody follows, or does not take it
   * @throws StoppedWaitingException where the process was told to stop meanwhile
   */
  public static @Nullable ErrandOutcome ask(
      Config config,
      MappingReader mapping,
      List<String> arguments,
      Consumer<String> say,
      BooleanSupplier isStopped)
      throws DatabaseException, SQLException, StoppedWaitingException {
    try (HikariDataSource target = Pools.open("target", config.requireTarget(), 1)) {
      if (!Retry.connected(target, TargetLock::isFollowed)) {
        return null;
      }
      MappingPrint print = mapping.read();
      String source = config.source().label();
      long id = Retry.connected(target, c -> ErrandTable.ask(c, source, print, arguments));
      return new HandOver(target, say, isStopped).await(id);
    } catch (SQLException e) {
      if (e.getErrorCode() == MysqlErrorNumbers.ER_NO_SUCH_TABLE) {
        // The follower is of an earlier Picklift: it lends the target.
        return null;
      }
      throw e;
    }
  }

  private @Nullable ErrandOutcome await(long id) throws SQLException, StoppedWaitingException {
    say.accept("handed to the process that follows the log; waiting until it has done it");
    long asked = System.nanoTime();
    long held = asked;
    while (true) {
      ErrandTable.Seen seen =
          Retry.connected(target, c -> Optional.ofNullable(ErrandTable.look(c, id))).orElse(null);
      if (seen == null) {
        return null;
      }
      ErrandOutcome outcome = seen.outcome();
      if (outcome != null) {
        remove(id);
        return outcome;
      }
      if (isStopped.getAsBoolean()) {
        boolean isBack = Retry.connected(target, c -> ErrandTable.withdraw(c, id));
        throw new StoppedWaitingException(
            isBack
                ? "stopped before the process that follows the log began with it; nothing was done"
                : "not waited for any more; the process that follows the log does it to its end");
      }
      long now = System.nanoTime();
      held = Retry.connected(target, TargetLock::isHeld) ? now : held;
      if (now - held > GONE_NANOS) {
        say.accept("the process that followed the log is gone: this command does it itself");
        remove(id);
        return null;
      }
      if (seen.state() == ErrandTable.State.ASKED
          && now - asked > PATIENCE_NANOS
          && Retry.connected(target, c -> ErrandTable.withdraw(c, id))) {
        return null;
      }
      pause();
    }
  }

  private void remove(long id) throws SQLException {
    Retry.connected(
        target,
        c -> {
          ErrandTable.remove(c, id);
          return true;
        });
  }

  private static void pause() throws SQLException {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while the follower was waited for", e);
    }
  }
}
