package io.picklift.app.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.picklift.app.config.MonitorConfig;
import io.picklift.app.job.Game;
import io.picklift.app.job.JobOptions;
import io.picklift.app.job.Jobs;
import io.picklift.app.source.ProgressListener;
import io.picklift.app.watch.Followed;
import io.picklift.app.watch.RunEnd;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A game whose backfills are monitored. */
final class Watched implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final Game game;
  private final int port;
  private final Monitor monitor;

  Watched(Game game, Duration maxLag) throws IOException {
    this.game = game;
    port = freePort();
    monitor = new Monitor(game.config(), new MonitorConfig("127.0.0.1", port, null), maxLag);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(path)).build());
  }

  HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  JsonNode health() throws Exception {
    return new ObjectMapper().readTree(get("/actuator/health").body());
  }

  String metrics() throws Exception {
    return get("/actuator/prometheus").body();
  }

  /** The value of a metric, with its labels as they are written. */
  double metric(String name) throws Exception {
    return metrics()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name));
  }

  /** A run. Returns the metrics as they are before source and target are closed. */
  String backfill() throws Exception {
    String metrics;
    ProgressListener listener = monitor.watcher().began(ProgressListener.NONE);
    try (Jobs jobs = Jobs.open(game.config(), JobOptions.defaults(), listener)) {
      monitor.watcher().opened(jobs.polite());
      monitor.watcher().counted(jobs.backfill());
      metrics = metrics();
    }
    monitor.watcher().ended(new RunEnd(0, null, false));
    return metrics;
  }

  /** A run that follows the log, and has told once how far it is. */
  void follow(Followed followed) {
    ProgressListener unused = monitor.watcher().began(ProgressListener.NONE);
    monitor.watcher().followed(followed);
  }

  void ended(RunEnd end) {
    ProgressListener unused = monitor.watcher().began(ProgressListener.NONE);
    monitor.watcher().ended(end);
  }

  @Override
  public void close() {
    monitor.close();
  }
}
