package io.picklift.app.config;

import java.util.regex.Pattern;

/**
 * Where a database is and who we are there.
 *
 * @param url a JDBC URL, {@code jdbc:mysql://host:port/schema}
 */
public record Database(String url, String username, String password) {
  private static final Pattern LOOPBACK =
      Pattern.compile("jdbc:mysql://(?:127\\.\\d+\\.\\d+\\.\\d+|localhost|\\[::1])(?::\\d+)?/");

  /** Without the password: records are printed by accident. */
  @Override
  public String toString() {
    return place();
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
