package io.picklift.app.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.picklift.app.config.MonitorConfig;
import io.picklift.app.job.Game;
import io.picklift.app.job.Jobs;
import io.picklift.app.watch.Followed;
import io.picklift.app.watch.RunEnd;
import io.picklift.schema.testing.TestDatabase;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a monitor tells is what is so. */
@Tag("database")
final class MonitorTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir private Path folder = Path.of("");

  @Test
  void theMetricsAreThoseOfTheRuns() throws Exception {
    Game game = new Game(folder);
    game.fill(30);
    game.put("bad", new byte[] {1});
    long bytes = 1;
    for (int i = 0; i < 30; i++) {
      bytes += Game.save(i).length;
    }
    try (Watched watched = new Watched(game, HOUR)) {
      assertThat(watched.metric("picklift_saves_total{outcome=\"added\"}")).isZero();
      assertThat(watched.metric("picklift_backfill_lag_seconds")).isNaN();
      String metrics = watched.backfill();
      assertThat(metrics)
          .contains("hikaricp_connections_active{pool=\"picklift-target\"}")
          .contains("hikaricp_connections_active{pool=\"picklift-source\"}");
      assertThat(watched.metric("picklift_saves_total{outcome=\"added\"}")).isEqualTo(30);
      assertThat(watched.metric("picklift_saves_total{outcome=\"quarantined\"}")).isEqualTo(1);
      assertThat(watched.metric("picklift_refused_saves_total")).isEqualTo(1);
      assertThat(watched.metric("picklift_quarantine_saves{reason=\"not-a-pickle\"}")).isEqualTo(1);
      assertThat(watched.metric("picklift_read_bytes_total")).isEqualTo((double) bytes);
      long rows = 0;
      for (String table : tables(game)) {
        rows += game.number("SELECT COUNT(*) FROM " + table);
      }
      assertThat(watched.metric("picklift_written_rows_total")).isEqualTo((double) rows);
      assertThat(watched.metric("picklift_runs_total{status=\"0\"}")).isEqualTo(1);
      assertThat(watched.metric("picklift_backfill_lag_seconds")).isBetween(0.0, 60.0);
      String unused = watched.backfill();
      assertThat(watched.metric("picklift_saves_total{outcome=\"unchanged\"}")).isEqualTo(30);
      assertThat(watched.metric("picklift_run_active")).isZero();
    }
  }

  @Test
  void aFollowerIsAsFarBehindAsTheLogSays() throws Exception {
    Game game = new Game(folder);
    game.fill(3);
    try (Watched watched = new Watched(game, HOUR)) {
      assertThat(watched.metric("picklift_follow_active")).isZero();
      assertThat(watched.metric("picklift_follow_lag_seconds")).isNaN();
      assertThat(watched.metric("picklift_follow_rows_total")).isZero();
      watched.follow(new Followed(120, 7, 5, 100, 90, 60, 20, 10, 1));
      assertThat(watched.metric("picklift_follow_active")).isEqualTo(1);
      assertThat(watched.metric("picklift_follow_lag_seconds")).isBetween(120.0, 130.0);
      assertThat(watched.metric("picklift_follow_lag_transactions")).isEqualTo(7);
      assertThat(watched.metric("picklift_follow_pending_keys")).isEqualTo(5);
      assertThat(watched.metric("picklift_follow_transactions_total")).isEqualTo(100);
      assertThat(watched.metric("picklift_follow_rows_total")).isEqualTo(90);
      assertThat(watched.metric("picklift_follow_passes_total")).isEqualTo(1);
      assertThat(watched.metric("picklift_follow_saves_total{outcome=\"stored\"}")).isEqualTo(60);
      assertThat(watched.metric("picklift_follow_saves_total{outcome=\"gone\"}")).isEqualTo(10);
      // Whoever watches the lag of a backfill need not know that it follows.
      assertThat(watched.metric("picklift_backfill_lag_seconds")).isBetween(120.0, 130.0);
      watched.ended(new RunEnd(3, "the server was away", false));
      assertThat(watched.metric("picklift_follow_active")).isZero();
    }
  }

  private static String[] tables(Game game) throws Exception {
    return String.valueOf(
            game.text(
                "SELECT GROUP_CONCAT(table_name SEPARATOR ' ') FROM information_schema.tables"
                    + " WHERE table_schema = DATABASE() AND table_name NOT LIKE 'picklift%'"
                    + " AND table_name NOT LIKE 'PICKLIFT%' AND table_name <> 'save_sequence'"))
        .split(" ");
  }

  @Test
  void healthTellsOfTheLastRunAndTheLag() throws Exception {
    Game game = new Game(folder);
    game.fill(3);
    try (Watched watched = new Watched(game, HOUR)) {
      assertThat(watched.get("/actuator/health").statusCode()).isEqualTo(200);
      assertThat(watched.health().at("/components/lastRun/status").asText()).isEqualTo("UNKNOWN");
      String unused = watched.backfill();
      assertThat(watched.health().at("/status").asText()).isEqualTo("UP");
      assertThat(watched.health().at("/components/lag/details/seconds").asInt()).isLessThan(60);
      watched.ended(new RunEnd(3, "the source was away", false));
      JsonNode health = watched.health();
      assertThat(health.at("/status").asText()).isEqualTo("DOWN");
      assertThat(health.at("/components/lastRun/details/reason").asText())
          .isEqualTo("the source was away");
      assertThat(health.at("/components/lag/status").asText()).isEqualTo("UP");
      assertThat(watched.get("/actuator/health").statusCode()).isEqualTo(503);
      assertThat(watched.get("/actuator/health/lastRun").statusCode()).isEqualTo(503);
      assertThat(watched.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
      assertThat(watched.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
      watched.ended(new RunEnd(3, "stopped", true));
      assertThat(watched.get("/actuator/health").statusCode()).isEqualTo(200);
    }
    // Another process, which has not run yet, knows of the last run; an hour later it is behind.
    try (Watched watched = new Watched(game, HOUR)) {
      assertThat(watched.metric("picklift_backfill_lag_seconds")).isBetween(0.0, 60.0);
    }
    game.target("UPDATE picklift_run SET began = began - INTERVAL 61 MINUTE");
    try (Watched watched = new Watched(game, HOUR)) {
      assertThat(watched.health().at("/components/lag/status").asText()).isEqualTo("DOWN");
    }
    // A migrate leaves the changed save to a backfill: the target is as far behind as it was.
    game.put("p0001", Game.save(900));
    try (Jobs jobs = game.open()) {
      jobs.migrate();
    }
    try (Watched watched = new Watched(game, HOUR)) {
      assertThat(watched.health().at("/components/lag/status").asText()).isEqualTo("DOWN");
    }
  }

  @Test
  void aServerThatIsAwayIsNotReadyAndNoSecretIsTold() throws Exception {
    Game game = new Game(folder);
    game.configure(
        "table: saves\n  key: id\n  blob: data",
        "jdbc:mysql://127.0.0.1:" + Watched.freePort() + "/nowhere");
    try (Watched watched = new Watched(game, HOUR)) {
      assertThat(watched.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
      assertThat(watched.get("/actuator/health/source").statusCode()).isEqualTo(200);
      assertThat(watched.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
      String password = TestDatabase.get().password();
      if (password.length() > 4) {
        assertThat(watched.health().toString()).doesNotContain(password);
      }
    }
  }

  @Test
  void nothingElseIsAnswered() throws Exception {
    Game game = new Game(folder);
    try (Watched watched = new Watched(game, HOUR)) {
      assertThat(watched.get("/actuator").body()).contains("/actuator/prometheus");
      assertThat(watched.get("/etc/passwd").statusCode()).isEqualTo(404);
      assertThat(watched.get("/actuator/health/nothing").statusCode()).isEqualTo(404);
      assertThat(watched.get("/actuator/healthy").statusCode()).isEqualTo(404);
      HttpRequest post =
          HttpRequest.newBuilder(watched.uri("/actuator/health"))
              .POST(BodyPublishers.ofString("x"))
              .build();
      assertThat(watched.send(post).statusCode()).isEqualTo(405);
      HttpRequest open =
          HttpRequest.newBuilder(watched.uri("/actuator/prometheus"))
              .header("Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5")
              .build();
      assertThat(watched.send(open).body()).endsWith("# EOF\n");
    }
  }

  @Test
  void aPortThatIsTakenIsTold() throws Exception {
    Game game = new Game(folder);
    try (Watched watched = new Watched(game, HOUR)) {
      MonitorConfig same = new MonitorConfig("127.0.0.1", watched.port(), null);
      assertThatThrownBy(() -> new Monitor(game.config(), same, HOUR))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("in use");
      assertThat(watched.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    }
  }
}
