package io.picklift.app.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.picklift.app.config.Config;
import io.picklift.app.config.ConfigReader;
import io.picklift.app.config.MonitorConfig;
import io.prometheus.metrics.model.registry.Collector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MonitorServerTest {
  @TempDir private Path folder = Path.of("");

  private Config config() throws Exception {
    Files.createDirectory(folder.resolve("saves"));
    Path file = folder.resolve("picklift.yaml");
    Files.writeString(
        file,
        """
        source: {files: saves}
        target: {url: "jdbc:mysql://127.0.0.1:1/nowhere", username: u, password: p}
        """);
    return ConfigReader.read(file);
  }

  @Test
  void aDefectIsAnsweredToo() throws Exception {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Collector broken =
        () -> {
          throw new IllegalStateException("broken");
        };
    registry.getPrometheusRegistry().register(broken);
    MonitorConfig place = new MonitorConfig("127.0.0.1", Watched.freePort(), null);
    RunHealth runs = new RunHealth(new RunFacts(Clock.systemUTC()), Duration.ofHours(1));
    try (MonitorServer server =
        new MonitorServer(place, new HealthAnswers(config(), runs), registry)) {
      assertThat(server).isNotNull();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://" + place.place() + "/actuator/prometheus"))
              .build();
      assertThat(
              HttpClient.newHttpClient()
                  .send(request, HttpResponse.BodyHandlers.ofString())
                  .statusCode())
          .isEqualTo(500);
    }
  }
}
