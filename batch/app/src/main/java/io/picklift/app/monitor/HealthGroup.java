package io.picklift.app.monitor;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.health.actuate.endpoint.AdditionalHealthEndpointPath;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.actuate.endpoint.SimpleHttpCodeStatusMapper;
import org.springframework.boot.health.actuate.endpoint.SimpleStatusAggregator;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;

/**
 * Some components of the health, told to everybody who may ask: no detail holds a secret.
 *
 * @param members empty for all
 */
record HealthGroup(Set<String> members) implements HealthEndpointGroup {
  private static final StatusAggregator AGGREGATOR = new SimpleStatusAggregator();
  private static final HttpCodeStatusMapper CODES = new SimpleHttpCodeStatusMapper();

  @Override
  public boolean isMember(String name) {
    return members.isEmpty() || members.contains(name);
  }

  @Override
  public boolean showComponents(SecurityContext securityContext) {
    return true;
  }

  @Override
  public boolean showDetails(SecurityContext securityContext) {
    return true;
  }

  @Override
  public StatusAggregator getStatusAggregator() {
    return AGGREGATOR;
  }

  @Override
  public HttpCodeStatusMapper getHttpCodeStatusMapper() {
    return CODES;
  }

  @Override
  public @Nullable AdditionalHealthEndpointPath getAdditionalPath() {
    return null;
  }
}
