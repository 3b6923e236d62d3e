package io.picklift.schema.mapping;

/** A mistake in a mapping file. The message is one line and names file and line. */
public final class MappingException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final int line;

  /**
   * @param line from 1; 0 where the file as a whole is meant
   */
  public MappingException(String file, int line, String message) {
    super(file + (line > 0 ? ":" + line : "") + ": " + message);
    this.file = file;
    this.line = line;
  }

  public String file() {
    return file;
  }

  /** From 1; 0 where the file as a whole is meant. */
  public int line() {
    return line;
  }
}
