package io.picklift.app.config;

/**
 * A configuration that cannot be used. The message is one line that names the file and, where
 * known, the line.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConfigException(String message) {
    super(message);
  }

  /** For a line of a file. */
  public ConfigException(String file, int line, String message) {
    super(file + ", line " + line + ": " + message);
  }
}
