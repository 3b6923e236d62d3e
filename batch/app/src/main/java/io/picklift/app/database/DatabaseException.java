package io.picklift.app.database;

/**
 * Thrown where a database cannot be used: a server that cannot be reached, an account that is
 * refused, a table that lacks something. The message is one line.
 */
public final class DatabaseException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean configuration;

  public DatabaseException(String message, boolean configuration, Throwable cause) {
    super(message, cause);
    this.configuration = configuration;
  }

  /** Whether the configuration is wrong, as opposed to the server or the network. */
  public boolean isConfiguration() {
    return configuration;
  }
}
