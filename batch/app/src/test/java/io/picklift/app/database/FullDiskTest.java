package io.picklift.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.picklift.app.account.RunSummary;
import io.picklift.app.job.Game;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.job.JobOptions;
import io.picklift.app.job.Jobs;
import io.picklift.app.source.ProgressListener;
import io.picklift.schema.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A target whose disk is full for a while. On MariaDB, which lives on; what MySQL makes of it is
 * for the chaos harness, which starts a server again.
 */
@Tag("database")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class FullDiskTest {
  private static final int ROWS = 3_000;

  /** A rollback that finds no room at all ends MariaDB itself, which depends on the moment. */
  private static final int TRIES = 3;

  @TempDir private Path folder = Path.of("");

  private final List<String> said = Collections.synchronizedList(new ArrayList<>());

  private static void skip(boolean isLeftOut, String why) {
    if (isLeftOut) {
      System.out.println("A FULL DISK IS NOT TRIED: " + why);
    }
    assumeTrue(!isLeftOut, why);
  }

  /** Fills the disk when the first saves are written, and empties it when that was said. */
  private ProgressListener filling(SmallServer server) {
    AtomicBoolean isFilled = new AtomicBoolean();
    AtomicBoolean isMigrating = new AtomicBoolean();
    return new ProgressListener() {
      @Override
      public void start(String what, long rows) {
        isMigrating.set(what.equals("migrate"));
      }

      @Override
      public void done(long rows) {
        if (isMigrating.get() && !isFilled.getAndSet(true)) {
          server.fill();
        }
      }

      @Override
      public void say(String line) {
        said.add(line);
        if (line.startsWith("waiting: ")) {
          CompletableFuture<Void> unused =
              CompletableFuture.runAsync(
                  server::empty, CompletableFuture.delayedExecutor(3, TimeUnit.SECONDS));
        }
      }
    };
  }

  @Test
  void isWaitedForAndTheRunIsComplete() throws Exception {
    TestDatabase database = TestDatabase.get();
    skip(database.isMySql(), "THE TESTS RUN ON MYSQL, WHICH MAY ABORT");
    Game game = new Game(folder);
    game.fill(ROWS);
    for (int i = 1; i <= TRIES; i++) {
      Path disk = Files.createDirectory(folder.resolve("server" + i));
      SmallServer small = SmallServer.start(disk, database);
      skip(small == null, "NO SMALL DISK CAN BE MOUNTED HERE");
      try (SmallServer server = Objects.requireNonNull(small)) {
        game.configure("table: saves\n  key: id\n  blob: data\n", server.url());
        game.append("run: {deadline: 30}");
        if (isComplete(game, server)) {
          return;
        }
      }
    }
    skip(true, "MARIADB ITSELF ENDED ON A FULL DISK IN EACH OF " + TRIES + " TRIES");
  }

  /** False where the server itself ended, which is told as a lost connection. */
  private boolean isComplete(Game game, SmallServer server) throws Exception {
    said.clear();
    try (Jobs jobs = Jobs.open(game.config(), JobOptions.defaults(), filling(server))) {
      RunSummary summary = jobs.migrate();
      assertThat(said).anyMatch(line -> line.matches("waiting: .* is full; trying again for .*"));
      assertThat(summary.rows()).isEqualTo(ROWS);
      assertThat(summary.quarantinedTotal()).isEmpty();
      assertThat(jobs.verify().equal()).isEqualTo(ROWS);
    } catch (JobFailedException e) {
      if (server.isUp()) {
        throw e;
      }
      assertThat(e).hasMessageContaining("the connection to the database was lost");
      return false;
    }
    try (Jobs jobs = Jobs.open(game.config(), JobOptions.defaults(), ProgressListener.NONE)) {
      RunSummary again = jobs.migrate();
      assertThat(again.isClean()).isTrue();
      assertThat(again.added() + again.replaced()).isZero();
    }
    return true;
  }
}
