package io.picklift.app.database;

/** A server that does not do what it must; the message is one clear line. */
public final class DatabaseException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean configuration;

  DatabaseException(String message, boolean configuration, Throwable cause) {
    super(message, cause);
    this.configuration = configuration;
  }

  /** Whether the configuration is wrong, as opposed to the server or the network. */
  public boolean isConfiguration() {
    return configuration;
  }
}
