package io.picklift.app.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.job.Game;
import io.picklift.app.job.JobOptions;
import io.picklift.app.job.Jobs;
import io.picklift.app.source.ProgressListener;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever shows how long a run takes is told of what comes after its saves. */
final class LaterStepsTest {
  @TempDir private Path folder = Path.of("");

  /** What is told of each step. */
  private record Told(Map<String, Double> shares) implements ProgressListener {
    @Override
    public void start(String what, long rows) {}

    @Override
    public void done(long rows) {}

    @Override
    public void followed(String what, double share) {
      shares.put(what, share);
    }
  }

  @Test
  @Tag("database")
  void indexesAreExpectedWhereTheyAreMissing() throws Exception {
    Game game = new Game(folder);
    game.fill(5);
    Told first = new Told(new TreeMap<>());
    try (Jobs jobs = Jobs.open(game.config(), JobOptions.defaults(), first)) {
      assertThat(jobs.migrate().added()).isEqualTo(5);
    }
    Told again = new Told(new TreeMap<>());
    try (Jobs jobs = Jobs.open(game.config(), JobOptions.defaults(), again)) {
      assertThat(jobs.migrate().unchanged()).isEqualTo(5);
      assertThat(jobs.backfill().unchanged()).isEqualTo(5);
    }
    assertThat(first.shares()).isEqualTo(Map.of("migrate", LaterSteps.share(true, false)));
    assertThat(again.shares())
        .isEqualTo(Map.of("migrate", LaterSteps.share(false, false), "backfill", 0.0));
  }

  @Test
  void aFirstRunHasTheMostBehindIt() {
    assertThat(LaterSteps.share(true, true)).isEqualTo(LaterSteps.share(true, false));
    assertThat(LaterSteps.share(true, false)).isGreaterThan(LaterSteps.share(false, false));
    assertThat(LaterSteps.share(false, false)).isPositive();
  }
}
