package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.job.Game;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.job.JobOptions;
import io.picklift.app.job.Jobs;
import io.picklift.app.job.SaidLines;
import io.picklift.app.source.ProgressListener;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is under way does what it is told through the target. */
@Tag("database")
final class ControlCommandTest {
  private static final int ROWS = 1_000;

  @TempDir private Path folder = Path.of("");

  private final List<String> said = new CopyOnWriteArrayList<>();

  private final ProgressListener saying = new SaidLines(said);

  private static CompletableFuture<Long> migrating(Jobs jobs) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return jobs.migrate().migratedTotal();
          } catch (JobFailedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** So slow that it is under way when it is told something. */
  private Jobs slow(Game game) throws Exception {
    JobOptions options =
        JobOptions.defaults().withMaxRate(io.picklift.app.config.MaxRate.parse("20"));
    return Jobs.open(game.config(), options, saying);
  }

  /** The batches at hand end, and then nothing is written: else twenty saves a second are. */
  private static void awaitRest(Game game) throws Exception {
    long before = -1;
    for (int i = 0; i < 60; i++) {
      long now = game.number("SELECT COUNT(*) FROM picklift_save");
      if (now == before) {
        return;
      }
      before = now;
      TimeUnit.SECONDS.sleep(2);
    }
    throw new AssertionError("it writes on");
  }

  @Test
  void pauseAndResumeAndAnotherRate() throws Exception {
    Game game = new Game(folder);
    game.fill(ROWS);
    try (Jobs jobs = slow(game)) {
      CompletableFuture<Long> migrated = migrating(jobs);
      Run pause = Run.on(game, "pause");
      assertThat(pause.out()).isEqualTo("paused\n");
      assertThat(pause.status()).isZero();
      awaitRest(game);
      assertThat(Run.on(game, "set", "rate=none").out()).isEqualTo("set rate=none\n");
      assertThat(Run.on(game, "set", "partitions=1").out()).isEqualTo("set partitions=1\n");
      Run many = Run.on(game, "set", "partitions=60");
      assertThat(many.status()).isEqualTo(2);
      assertThat(many.err()).contains("no more are possible").hasLineCount(1);
      assertThat(migrated).isNotDone();
      assertThat(Run.on(game, "resume").out()).isEqualTo("resumed\n");
      assertThat(migrated.get(3, TimeUnit.MINUTES)).isEqualTo(ROWS);
    }
    assertThat(said)
        .containsSubsequence(
            "paused; run picklift resume to continue",
            "the rate is as fast as it goes now",
            "no more than 1 partition at a time now",
            "resumed");
  }

  @Test
  void stopEndsTheRunThatIsUnderWayAndNoLaterOne() throws Exception {
    Game game = new Game(folder);
    game.fill(ROWS);
    try (Jobs jobs = slow(game)) {
      CompletableFuture<Long> migrated = migrating(jobs);
      assertThat(Run.on(game, "stop").status()).isZero();
      assertThatThrownBy(() -> migrated.get(3, TimeUnit.MINUTES))
          .isInstanceOf(ExecutionException.class)
          .hasMessageContaining("stopped");
    }
    assertThat(game.number("SELECT COUNT(*) FROM picklift_save")).isLessThan(ROWS);
    Run late = Run.on(game, "stop");
    assertThat(late.status()).isEqualTo(1);
    assertThat(late.out()).startsWith("nobody works on ");
    try (Jobs jobs = game.open()) {
      assertThat(jobs.migrate().migratedTotal()).isEqualTo(ROWS);
    }
  }

  @Test
  void aPauseBetweenTwoRunsHoldsTheNextOne() throws Exception {
    Game game = new Game(folder);
    game.fill(3);
    Run early = Run.on(game, "pause");
    assertThat(early.status()).isEqualTo(2);
    assertThat(early.err()).contains("no run has worked on it yet").hasLineCount(1);
    try (Jobs jobs = game.open()) {
      jobs.migrate();
    }
    assertThat(Run.on(game, "status").out()).doesNotContain("paused");
    assertThat(Run.on(game, "pause").out()).contains("the next run will be paused");
    assertThat(Run.on(game, "status").out())
        .contains("paused: the next run waits until picklift resume\n");
    try (Jobs jobs = Jobs.open(game.config(), JobOptions.defaults(), saying)) {
      CompletableFuture<Long> migrated = migrating(jobs);
      TimeUnit.MILLISECONDS.sleep(1_500);
      assertThat(migrated).isNotDone();
      assertThat(Run.on(game, "resume").out()).isEqualTo("resumed\n");
      assertThat(migrated.get(3, TimeUnit.MINUTES)).isEqualTo(3);
    }
  }

  @Test
  void whatCannotBeSetIsSaid() throws Exception {
    Game game = new Game(folder);
    for (String wrong : List.of("rate=fast", "speed=3", "partitions=0", "partitions=x")) {
      Run run = Run.on(game, "set", wrong);
      assertThat(run.status()).as(wrong).isEqualTo(2);
      assertThat(run.err()).contains("set " + wrong + ": ");
    }
  }
}
