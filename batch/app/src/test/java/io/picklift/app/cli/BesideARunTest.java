package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.job.Game;
import io.picklift.app.job.Jobs;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that only read run beside one that writes, and read no save half. */
@Tag("database")
final class BesideARunTest {
  private static final int ROWS = 200;

  @TempDir private Path folder = Path.of("");

  @Test
  void verifyAndRestoreReadWholeSavesWhileABackfillReplacesThem() throws Exception {
    Game game = new Game(folder);
    game.fill(ROWS);
    AtomicBoolean isOver = new AtomicBoolean();
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      Future<?> writing =
          writer.submit(
              () -> {
                for (int round = 1; !isOver.get(); round++) {
                  for (int i = 0; i < ROWS; i += 3) {
                    game.put(String.format("p%04d", i), Game.save(i + round));
                  }
                  jobs.backfill();
                }
                return true;
              });
      for (int round = 0; round < 4; round++) {
        // What changed since is for the next backfill; nothing may be broken.
        Run verify =
            Run.of(
                "verify",
                "--config",
                game.file(),
                "--report",
                folder.resolve("report"),
                "--engine",
                "fast");
        assertThat(verify.status()).as(verify.err() + verify.out()).isLessThan(2);
        assertThat(verify.out()).doesNotContain("do not match", "differs between", "is damaged");
        Run restore =
            Run.of("restore", "--config", game.file(), "--out", folder.resolve("out" + round));
        assertThat(restore.status()).as(restore.err()).isZero();
        assertThat(restore.out())
            .contains("as migrated " + ROWS + ", changed in the tables since 0");
      }
      isOver.set(true);
      writing.get();
    } finally {
      writer.shutdownNow();
    }
    assertThat(Run.of("verify", "--config", game.file(), "--report", folder.resolve("r")).status())
        .isZero();
  }
}
