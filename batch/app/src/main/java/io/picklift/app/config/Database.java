package io.picklift.app.config;

/**
 * Where a database is and who we are there.
 *
 * @param url a JDBC URL, {@code jdbc:mysql://host:port/schema}
 */
public record Database(String url, String username, String password) {
  /** Without the password: records are printed by accident. */
  @Override
  public String toString() {
    return place();
  }

  /** The URL without its options, for messages. */
  public String place() {
    int options = url.indexOf('?');
    return options < 0 ? url : url.substring(0, options);
  }
}
