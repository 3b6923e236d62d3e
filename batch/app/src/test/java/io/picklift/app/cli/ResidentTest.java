package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.job.Game;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that stays tells how it is, and one that does not stay loads nothing for it. */
@Tag("database")
final class ResidentTest {
  private static final List<String> OF_A_MONITOR =
      List.of(
          "io.picklift.app.monitor.",
          "com.sun.net.httpserver.",
          "sun.net.httpserver.",
          "io.micrometer.prometheusmetrics.",
          "io.prometheus.",
          "org.springframework.boot.actuate.",
          "org.springframework.boot.health.");

  @TempDir private Path folder = Path.of("");

  private Process start(Game game, String... words) throws IOException {
    return CliProcess.start(
        game, folder, List.of("-Xlog:class+load:file=" + folder.resolve("classes")), words);
  }

  private static int monitor(Game game) throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      game.append("monitor:\n  port: " + socket.getLocalPort() + "\n");
      return socket.getLocalPort();
    }
  }

  /** The answer, once there is one. */
  private static String answer(Process process, int port, String path, String awaited)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    String answer = "";
    for (int i = 0; i < 1_800 && process.isAlive() && !answer.contains(awaited); i++) {
      TimeUnit.MILLISECONDS.sleep(100);
      try {
        answer =
            HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
      } catch (ConnectException e) {
        assertThat(process.isAlive()).isTrue();
      }
    }
    assertThat(answer).contains(awaited);
    return answer;
  }

  @Test
  void whoStaysAnswersUntilItIsToldToStop() throws Exception {
    Game game = new Game(folder);
    game.fill(3);
    int port = monitor(game);
    Process process = start(game, "backfill", "--cron", "*/2 * * * * *");
    try {
      String metrics =
          answer(process, port, "/actuator/prometheus", "picklift_runs_total{status=\"0\"} 1");
      assertThat(metrics).contains("picklift_saves_total{outcome=\"added\"} 3");
      String health = answer(process, port, "/actuator/health", "\"lastRun\":{\"status\":\"UP\"");
      assertThat(health).startsWith("{\"status\":\"UP\"");
      process.destroy();
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isIn(0, 3);
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.readString(folder.resolve("err"))).contains("http://127.0.0.1:" + port);
  }

  @Test
  void aSingleRunLoadsNothingOfIt() throws Exception {
    Game game = new Game(folder);
    game.fill(3);
    int unused = monitor(game);
    Process process = start(game, "backfill");
    assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    List<String> classes = Files.readAllLines(folder.resolve("classes"));
    assertThat(classes).anyMatch(line -> line.contains(" io.picklift.app.job.Jobs "));
    assertThat(classes)
        .noneMatch(line -> OF_A_MONITOR.stream().anyMatch(name -> line.contains(" " + name)));
  }
}
