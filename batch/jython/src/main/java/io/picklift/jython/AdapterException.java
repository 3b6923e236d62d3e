package io.picklift.jython;

/**
 * An adapter that failed: its file and line, and the kind of exception that Python raised. Of the
 * exception's own text nothing is kept, as it may hold what the save holds.
 */
public final class AdapterException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final int line;

  AdapterException(String file, int line, String reason) {
    super(file + (line > 0 ? ":" + line : "") + ": " + reason);
    this.file = file;
    this.line = line;
  }

  /** The adapter's file, as the configuration names it. */
  public String file() {
    return file;
  }

  /** From 1; 0 where the whole file is meant. */
  public int line() {
    return line;
  }
}
