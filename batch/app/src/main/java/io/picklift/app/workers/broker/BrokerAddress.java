package io.picklift.app.workers.broker;

import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a broker is, and how to log in. What is secret comes from the environment alone.
 *
 * @param host its name or address
 * @param isEncrypted whether the connection is TLS
 */
public record BrokerAddress(
    String host,
    int port,
    boolean isEncrypted,
    String username,
    String password,
    @Nullable String trustStore,
    @Nullable String trustStorePassword) {
  /** The environment's name of the password, which there is no default for. */
  public static final String PASSWORD = "PICKLIFT_BROKER_PASSWORD";

  private static final String USERNAME = "PICKLIFT_BROKER_USERNAME";
  private static final String TRUST_STORE = "PICKLIFT_BROKER_TRUSTSTORE";
  private static final String TRUST_STORE_PASSWORD = "PICKLIFT_BROKER_TRUSTSTORE_PASSWORD";
  private static final Pattern HOST_PORT =
      Pattern.compile("(\\[[0-9a-fA-F:.%]{2,60}\\]|[A-Za-z0-9._-]{1,253}):(\\d{1,5})");
  private static final Pattern URL = Pattern.compile("(tcp|ssl)://(.+)");
  private static final int MOST_PORT = 65_535;

  /**
   * Reads {@code HOST:PORT}, or {@code tcp://HOST:PORT} or {@code ssl://HOST:PORT}.
   *
   * @throws IllegalArgumentException if it is none, or the environment has no password
   */
  public static BrokerAddress parse(String text, Map<String, String> environment) {
    Matcher url = URL.matcher(text);
    String place = url.matches() ? url.group(2) : text;
    Matcher parts = HOST_PORT.matcher(place);
    if (!parts.matches() || Integer.parseInt(parts.group(2)) > MOST_PORT) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is no address of a broker: tcp://HOST:PORT, ssl://HOST:PORT or HOST:PORT");
    }
    String password = environment.get(PASSWORD);
    if (password == null || password.isEmpty()) {
      throw new IllegalArgumentException(
          "the broker's password is to be in the environment, as " + PASSWORD);
    }
    return new BrokerAddress(
        parts.group(1),
        Integer.parseInt(parts.group(2)),
        url.matches() && Objects.equals(url.group(1), "ssl"),
        environment.getOrDefault(USERNAME, "picklift"),
        password,
        environment.get(TRUST_STORE),
        environment.get(TRUST_STORE_PASSWORD));
  }

  /** Host and port, for people. */
  public String place() {
    return host + ":" + port;
  }

  /** Never with the password. */
  @Override
  public String toString() {
    return place();
  }
}
