package io.picklift.schema.yaml;

/**
 * A mistake in a file that the user wrote: the configuration, the mapping, the accepted exceptions;
 * or one that shows only beside the database. The message is one line that names the file and,
 * where known, the line, like {@code picklift.yaml:5: there is no key 'tabel' in 'source'}.
 */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final int line;

  /** For what no single line of a file is to blame for. */
  public ConfigurationException(String message) {
    super(message);
    file = "";
    line = 0;
  }

  /**
   * For a line of a file.
   *
   * @param line from 1; 0 where the file as a whole is meant
   */
  public ConfigurationException(String file, int line, String message) {
    super(file + (line > 0 ? ":" + line : "") + ": " + message);
    this.file = file;
    this.line = line;
  }

  /** The file's name; empty where none is known. */
  public String file() {
    return file;
  }

  /** From 1; 0 where the file as a whole is meant, or none is known. */
  public int line() {
    return line;
  }
}
