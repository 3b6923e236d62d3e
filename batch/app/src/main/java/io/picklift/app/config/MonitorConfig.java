package io.picklift.app.config;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code monitor} of a configuration: where a resident {@code backfill} tells how it
 * is.
 *
 * @param maxLag from which lag on it is not well; null for three pauses of its schedule
 */
public record MonitorConfig(String address, int port, @Nullable Duration maxLag) {
  static final Set<String> KEYS = Set.of("address", "port", "max_lag");

  /** Whoever may log in on the machine may ask, and nobody else. */
  private static final String LOOPBACK = "127.0.0.1";

  static MonitorConfig read(Section section) {
    String port = section.text("port");
    if (!port.matches("[1-9]\\d{0,4}") || Integer.parseInt(port) > 65_535) {
      throw section.error("port", "'port' must be a number from 1 to 65535");
    }
    String address = section.has("address") ? section.text("address") : LOOPBACK;
    if (!address.matches("[0-9A-Za-z.:_-]+")) {
      throw section.error("address", "'address' must be an address of this machine");
    }
    return new MonitorConfig(address, Integer.parseInt(port), maxLag(section));
  }

  /** As in a URL. */
  public String place() {
    return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
  }

  private static @Nullable Duration maxLag(Section section) {
    if (!section.has("max_lag")) {
      return null;
    }
    String text = section.text("max_lag");
    if (!text.matches("[1-9]\\d{0,7}")) {
      throw section.error("max_lag", "'max_lag' must be a number of seconds");
    }
    return Duration.ofSeconds(Integer.parseInt(text));
  }
}
