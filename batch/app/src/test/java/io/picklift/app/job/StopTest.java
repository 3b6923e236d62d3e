package io.picklift.app.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.schedule.Schedule;
import io.picklift.app.source.ProgressListener;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that is told to stop, and when the next begins. */
@Tag("database")
final class StopTest {
  private static final int ROWS = 400;

  @TempDir private Path folder = Path.of("");

  @Test
  void aJobThatIsToldToStopEndsItsBatchAndGoesOnTheNextTime() throws Exception {
    Game game = new Game(folder);
    game.fill(ROWS);
    AtomicReference<Jobs> running = new AtomicReference<>();
    ProgressListener stopping =
        new ProgressListener() {
          @Override
          public void start(String what, long rows) {}

          @Override
          public void done(long rows) {
            Objects.requireNonNull(running.get()).stop();
          }
        };
    try (Jobs jobs = Jobs.open(game.config(), JobOptions.defaults(), stopping)) {
      running.set(jobs);
      assertThatThrownBy(jobs::migrate)
          .isInstanceOf(JobFailedException.class)
          .hasMessageMatching(
              "stopped, \\d+ saves written; what was committed stays, run the same command again");
    }
    assertThat(game.number("SELECT COUNT(*) FROM picklift_save")).isBetween(1L, ROWS - 1L);
    assertThat(game.text("SELECT STATUS FROM PICKLIFT_BATCH_JOB_EXECUTION")).isEqualTo("STOPPED");
    assertThat(game.number("SELECT MAX(LENGTH(EXIT_MESSAGE)) FROM PICKLIFT_BATCH_STEP_EXECUTION"))
        .isLessThanOrEqualTo(200);
    try (Jobs jobs = game.open()) {
      assertThat(jobs.migrate().migratedTotal()).isEqualTo(ROWS);
      assertThat(jobs.verify().isClean()).isTrue();
    }
    assertThat(game.text("SELECT GROUP_CONCAT(status ORDER BY run_id) FROM picklift_run"))
        .isEqualTo("stopped,complete");
  }

  @Test
  void aTickThatWasMissedIsNotCaughtUpWith() {
    Schedule schedule = Schedule.parse("0 */5 * * * *");
    ZonedDateTime late = ZonedDateTime.of(2026, 1, 1, 10, 11, 30, 0, ZoneId.of("UTC"));
    assertThat(schedule.untilNext(late)).isEqualTo(Duration.ofSeconds(210));
    assertThatThrownBy(() -> Schedule.parse("*/5 * * * *"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Schedule.parse("0 0 0 31 2 *"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
