package io.picklift.app.follow;

import io.picklift.app.account.RunSummary;
import io.picklift.app.config.CountOrShare;
import io.picklift.app.control.Errand;
import io.picklift.app.control.ErrandOutcome;
import io.picklift.app.job.Game;
import io.picklift.app.job.JobOptions;
import io.picklift.app.job.Jobs;
import io.picklift.app.job.SaidLines;
import io.picklift.app.schedule.Schedule;
import io.picklift.app.watch.Followed;
import io.picklift.app.workers.WorkersOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A game whose saves are on a server with a binary log, and a follower of it. */
final class FollowedGame implements AutoCloseable {
  static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

  final Game game;
  final LoggingServer.Schema source;
  final List<String> said = new CopyOnWriteArrayList<>();
  private volatile @Nullable Followed followed;
  private volatile Consumer<Followed> watcher = unused -> {};
  private volatile Function<Errand, ErrandOutcome> doer =
      errand -> {
        throw new IllegalStateException("nothing is handed over here: " + errand);
      };
  private @Nullable Running running;
  private @Nullable WorkersOptions workers;
  private CountOrShare mostDeleted = CountOrShare.parse("100%");

  private record Running(Jobs jobs, FollowSource source, CompletableFuture<FollowCounts> future) {}

  FollowedGame(Path folder) throws Exception {
    game = new Game(folder);
    source = LoggingServer.get().schema();
    source.run(
        "CREATE TABLE saves (id VARCHAR(40) NOT NULL PRIMARY KEY, name VARCHAR(40), data"
            + " LONGBLOB)");
    String text = Files.readString(game.file());
    String[] parts = text.split("target:", 2);
    String own =
        parts[0]
            .replace(game.sourceUrl(), source.url())
            .replaceAll("username: .*", "username: " + source.database().username())
            .replaceAll("password: .*", "password: \"" + source.database().password() + "\"");
    Files.writeString(game.file(), own + "target:" + parts[1]);
  }

  void mostDeleted(String bound) {
    mostDeleted = CountOrShare.parse(bound);
  }

  void put(String id, int save) throws Exception {
    try (Connection connection = source.connect();
        PreparedStatement replace =
            connection.prepareStatement("REPLACE INTO saves (id, data) VALUES (?, ?)")) {
      replace.setString(1, id);
      replace.setBytes(2, Game.save(save));
      replace.executeUpdate();
    }
  }

  /** From now on the first pass is shared out so; null for no longer. */
  void share(@Nullable WorkersOptions newWorkers) {
    workers = newWorkers;
  }

  Jobs jobs() throws Exception {
    JobOptions options = JobOptions.defaults().withMaxDeleted(mostDeleted);
    WorkersOptions shared = workers;
    return Jobs.open(
        game.config(),
        shared == null ? options : options.withWorkers(shared.forMigration()),
        new SaidLines(said));
  }

  /** Begins to follow. */
  void follow(boolean isFirst, @Nullable Schedule compare) throws Exception {
    FollowSource opened = FollowSource.open(game.config());
    Jobs jobs = jobs();
    FollowOptions options = new FollowOptions(isFirst, Duration.ofMillis(200), compare, false);
    Follower.Passes passes =
        new Follower.Passes() {
          @Override
          public void done(RunSummary summary) {}

          @Override
          public void followed(Followed how) {
            followed = how;
            watcher.accept(how);
          }

          @Override
          public ErrandOutcome handed(Errand errand) {
            return doer.apply(errand);
          }
        };
    Follower follower = new Follower(opened, jobs, options, said::add, passes);
    CompletableFuture<FollowCounts> future =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return follower.run(Duration.ofMinutes(2));
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    running = new Running(jobs, opened, future);
  }

  /** How far following was when it last said so. */
  Followed followed() {
    return java.util.Objects.requireNonNull(followed);
  }

  /** Is told how far following is, by its own thread. */
  void watch(Consumer<Followed> newWatcher) {
    watcher = newWatcher;
  }

  /** Does what is handed over, in its own thread. */
  void handed(Function<Errand, ErrandOutcome> newDoer) {
    doer = newDoer;
  }

  /** Tells the follower to stop, and does not wait for it. */
  void tellToStop() {
    java.util.Objects.requireNonNull(running).jobs().stop();
  }

  /** Waits until the target has what the source has now. */
  void caughtUp() throws Exception {
    CompletableFuture<Boolean> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try (FollowSource opened = FollowSource.open(game.config())) {
                return CaughtUp.await(opened, game.config(), line -> {});
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    long began = System.nanoTime();
    while (!waiting.isDone()) {
      Running now = java.util.Objects.requireNonNull(running);
      if (now.future().isDone()) {
        now.future().get();
      }
      if (System.nanoTime() - began > PATIENCE_NANOS) {
        throw new AssertionError("not caught up after " + said);
      }
      Thread.sleep(20);
    }
    if (!waiting.get()) {
      throw new AssertionError("nobody follows; " + said);
    }
  }

  /** What a test waits for. */
  interface Condition {
    boolean holds() throws Exception;
  }

  /** Waits until something holds, however slow the machine is. */
  void await(Condition condition) throws Exception {
    long began = System.nanoTime();
    while (!condition.holds()) {
      if (System.nanoTime() - began > PATIENCE_NANOS) {
        throw new AssertionError("waited in vain after " + said);
      }
      Thread.sleep(50);
    }
  }

  /** Ends following in order. */
  FollowCounts stop() throws Exception {
    Running now = java.util.Objects.requireNonNull(running);
    now.jobs().stop();
    try {
      return now.future().get(PATIENCE_NANOS, TimeUnit.NANOSECONDS);
    } finally {
      now.jobs().close();
      now.source().close();
      running = null;
    }
  }

  @Override
  public void close() throws SQLException {
    Running now = running;
    if (now != null) {
      // A test that failed: whatever the follower says of it is behind it.
      now.jobs().stop();
      now.jobs().close();
      now.source().close();
    }
    source.close();
  }
}
