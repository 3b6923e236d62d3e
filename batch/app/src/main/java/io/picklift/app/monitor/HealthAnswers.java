package io.picklift.app.monitor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.picklift.app.config.Config;
import io.picklift.app.config.Database;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.registry.DefaultHealthContributorRegistry;

/** Actuator's health endpoint over source, target, last run and lag. */
final class HealthAnswers {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HealthGroup all = new HealthGroup(Set.of());
  private final HealthEndpoint endpoint;

  /**
   * An answer.
   *
   * @param code of HTTP
   */
  record Answer(int code, byte[] body) {}

  HealthAnswers(Config config, RunHealth runs) {
    DefaultHealthContributorRegistry registry = new DefaultHealthContributorRegistry();
    Database source = config.source().database();
    if (source != null) {
      registry.registerContributor("source", new ServerHealth("source", source));
    }
    registry.registerContributor("target", new ServerHealth("target", config.requireTarget()));
    registry.registerContributor("lastRun", (HealthIndicator) runs::lastRun);
    registry.registerContributor("lag", (HealthIndicator) runs::lag);
    // It answers, so it lives.
    registry.registerContributor("process", (HealthIndicator) () -> Health.up().build());
    endpoint =
        new HealthEndpoint(
            registry,
            null,
            HealthEndpointGroups.of(
                all,
                Map.of(
                    "liveness", new HealthGroup(Set.of("process")),
                    "readiness", new HealthGroup(Set.of("source", "target")))),
            null);
  }

  /**
   * The health of all, of a group, or of a component.
   *
   * @param path empty for all
   * @return null where there is no such thing
   */
  @Nullable Answer of(String... path) throws JsonProcessingException {
    HealthDescriptor health = path.length == 0 ? endpoint.health() : endpoint.healthForPath(path);
    if (health == null) {
      return null;
    }
    int code = all.getHttpCodeStatusMapper().getStatusCode(health.getStatus());
    return new Answer(code, JSON.writeValueAsBytes(health));
  }
}
