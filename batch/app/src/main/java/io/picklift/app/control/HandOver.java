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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands a command to the process that follows the log, and waits for its outcome. */
public final class HandOver {
  private static final Logger LOG = LoggerFactory.getLogger(HandOver.class);

  private static final long LOOK_MILLIS = 200;

  /** A follower looks each second, and takes no longer than a batch. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  /**
   * How often the target is seen free before the follower is believed to be gone: one whose server
   * was started anew takes it again within seconds, and while the server is away nothing is seen.
   */
  private static final int MOST_FREE = 50;

  private static final int SILENT_SECONDS = 60;

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
   * @throws StoppedWaitingException where the process was told to stop meanwhile, or the follower
   *     does not answer
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
    try {
      return awaited(id);
    } catch (SQLException e) {
      if (isStopped.getAsBoolean()) {
        LOG.info("told to stop while the server was away", e);
        throw new StoppedWaitingException(
            "stopped while the target's server was away; if the process that follows the log has"
                + " begun with this command, it will finish it");
      }
      throw e;
    }
  }

  private @Nullable ErrandOutcome awaited(long id) throws SQLException, StoppedWaitingException {
    long asked = System.nanoTime();
    int free = 0;
    while (true) {
      ErrandTable.Seen seen = seen(id);
      if (seen == null) {
        say.accept("the target no longer has the request: this process runs the command itself");
        return null;
      }
      if (seen.outcome() != null) {
        remove(id);
        return seen.outcome();
      }
      if (isStopped.getAsBoolean()) {
        return stopped(id);
      }
      free = Retry.connected(target, TargetLock::isHeld) ? 0 : free + 1;
      if (free > MOST_FREE) {
        say.accept("the process that followed the log is gone: this one runs the command itself");
        remove(id);
        return null;
      }
      if (seen.state() == ErrandTable.State.ASKED) {
        if (System.nanoTime() - asked > PATIENCE_NANOS && isWithdrawn(id)) {
          return null;
        }
      } else {
        giveUpOnSilence(id, seen.state());
      }
      pause();
    }
  }

  private ErrandTable.@Nullable Seen seen(long id) throws SQLException {
    return Retry.connected(target, c -> Optional.ofNullable(ErrandTable.look(c, id))).orElse(null);
  }

  private boolean isWithdrawn(long id) throws SQLException {
    return Retry.connected(target, c -> ErrandTable.withdraw(c, id));
  }

  /** Leaves no row behind, whatever its state; returns the outcome where it has come meanwhile. */
  private ErrandOutcome stopped(long id) throws SQLException, StoppedWaitingException {
    boolean isBack = isWithdrawn(id);
    ErrandTable.Seen last = seen(id);
    remove(id);
    if (last != null && last.outcome() != null) {
      return last.outcome();
    }
    throw new StoppedWaitingException(
        isBack
            ? "stopped before the process that follows the log began with the command: nothing was"
                + " done"
            : "stopped waiting; the process that follows the log will finish the command");
  }

  /**
   * A process that hangs, or whose machine is lost, keeps the target's lock. One that works tells
   * every ten seconds that it is alive, however long the command takes.
   */
  private void giveUpOnSilence(long id, ErrandTable.State state)
      throws SQLException, StoppedWaitingException {
    String silent =
        Retry.connected(
                target, c -> Optional.ofNullable(TargetLock.silentHolder(c, SILENT_SECONDS)))
            .orElse(null);
    if (silent == null) {
      return;
    }
    remove(id);
    throw new StoppedWaitingException(
        "the process that follows the log "
            + (state == ErrandTable.State.RUNNING ? "began with this command" : "took this command")
            + " and does not answer any more: "
            + silent
            + "; then run this command again");
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
