package io.picklift.app.config;

import java.util.regex.Pattern;

/**
 * The URL and account of a database.
 *
 * @param url a JDBC URL, {@code jdbc:mysql://host:port/schema}
 * @param timeout how long a statement that reads or writes a page may be silent, in seconds
 */
public record Database(String url, String username, String password, int timeout) {
  /** How long a statement may be silent, in seconds, unless the configuration says otherwise. */
  public static final int TIMEOUT = 60;

  private static final Pattern LOOPBACK =
      Pattern.compile("jdbc:mysql://(?:127\\.\\d+\\.\\d+\\.\\d+|localhost|\\[::1])(?::\\d+)?/");

  public Database(String url, String username, String password) {
    this(url, username, password, TIMEOUT);
  }

  /** Without the password: records are printed by accident. */
  @Override
  public String toString() {
    return place();
  }

  /** The name of the schema. */
  public String schema() {
    String place = place();
    return place.substring(place.lastIndexOf('/') + 1);
  }

  /** Whether the server is on this machine, by a name that no resolver can turn elsewhere. */
  public boolean isLoopback() {
    return LOOPBACK.matcher(url).lookingAt();
  }

  /** The URL without its options, for messages. */
  public String place() {
    int options = url.indexOf('?');
    return options < 0 ? url : url.substring(0, options);
  }
}
