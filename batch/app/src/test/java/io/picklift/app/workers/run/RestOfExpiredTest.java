package io.picklift.app.workers.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.account.RunSummary;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.job.Game;
import io.picklift.app.job.JobOptions;
import io.picklift.app.job.Jobs;
import io.picklift.app.source.ProgressListener;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A worker gives up a part of its range just before its lease is taken away: after the coordinator
 * looked for such parts, and before it offers the range again.
 */
@Tag("database")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class RestOfExpiredTest {
  private static final int SAVES = 60;
  private static final String KEPT = "{\"upTo\":\"p0010\"}";

  @TempDir private Path folder = Path.of("");

  @Test
  void theNextAttemptIsForWhatWasKept() throws Exception {
    Game game = new Game(folder);
    game.fill(SAVES);
    OneWorker one = new OneWorker(game, folder);
    // Its tables are there before the trigger is.
    try (Jobs jobs = game.open()) {
      assertThat(jobs.mapping()).isNotNull();
    }
    game.target(
        """
        CREATE TRIGGER last_split AFTER UPDATE ON picklift_lease FOR EACH ROW
        INSERT INTO picklift_lease_rest (lease_id, kept, rest)
        SELECT NEW.lease_id, '%s', '{"after":"p0010"}'
        FROM (SELECT 1) once
        WHERE NEW.state = 'expired' AND OLD.state = 'held'
        """
            .formatted(KEPT));
    JobOptions options = JobOptions.of(2, DecodingEngine.Name.FAST).withWorkers(one.options(SAVES));
    CompletableFuture<RunSummary> run =
        OneWorker.begun(
            () -> {
              try (Jobs jobs = Jobs.open(game.config(), options, ProgressListener.NONE)) {
                return jobs.migrate();
              }
            });
    String token = new DeadWorker(game, one.broker()).takeOne();
    assertThat(one.during(run).counts().added()).as(token).isEqualTo(SAVES);
    assertThat(
            game.text(
                """
                SELECT c.SHORT_CONTEXT FROM PICKLIFT_BATCH_STEP_EXECUTION_CONTEXT c
                JOIN picklift_lease l ON l.step_execution_id = c.STEP_EXECUTION_ID
                WHERE l.epoch > 1
                """))
        .contains("\"upTo\":\"p0010\"");
    assertThat(game.number("SELECT COUNT(*) FROM picklift_lease WHERE state = 'counted'"))
        .isEqualTo(2);
  }
}
