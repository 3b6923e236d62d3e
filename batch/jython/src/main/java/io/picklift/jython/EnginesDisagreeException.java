package io.picklift.jython;

/**
 * Both engines read a save, and not alike: a defect of one of them. Says where they part, and
 * nothing of what the save holds.
 */
public final class EnginesDisagreeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final long offset;

  EnginesDisagreeException(String path, long offset, String fast, String jython) {
    super(
        "the engines disagree"
            + (path.isEmpty() ? "" : " at " + path)
            + (offset < 0 ? "" : ", at byte " + offset)
            + ": fast "
            + fast
            + ", jython "
            + jython);
    this.path = path;
    this.offset = offset;
  }

  /**
   * The first place in the object that is not the same; empty where one of them refused the save.
   */
  public String path() {
    return path;
  }

  /** Where in the pickle they part, in bytes; -1 where that is not known. */
  public long offset() {
    return offset;
  }
}
