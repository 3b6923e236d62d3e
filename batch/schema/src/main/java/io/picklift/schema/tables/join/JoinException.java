package io.picklift.schema.tables.join;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows and residue that do not make a save. The message is one line that names the object's path.
 */
public sealed class JoinException extends Exception permits RowsLost, TemplateWanted {
  private static final long serialVersionUID = 1L;

  /** As many more as one line bears. */
  private static final int MOST_OTHERS = 19;

  /** What is wrong. */
  public enum Reason {
    /** A row that the residue asks for is not there. */
    ROW_MISSING,
    /** There are more rows than the residue asks for. */
    ROW_EXTRA,
    /** A cell was changed to what cannot stand in the save. */
    CELL,
    /** The residue is damaged, or of another mapping. */
    RESIDUE
  }

  private final Reason reason;
  private final String path;

  JoinException(Reason reason, String path, String message) {
    super(path.isEmpty() ? message : path + ": " + message);
    this.reason = reason;
    this.path = path;
  }

  /**
   * All that is wrong, in one exception: the first as it is, and of the others what they say.
   *
   * @param all at least one
   */
  static JoinException of(List<JoinException> all) {
    JoinException first = all.get(0);
    if (all.size() == 1) {
      return first;
    }
    String others =
        all.stream()
            .skip(1)
            .limit(MOST_OTHERS)
            .map(other -> String.valueOf(other.getMessage()))
            .collect(Collectors.joining("; "));
    int more = all.size() - 1 - MOST_OTHERS;
    String text = first.getMessage() + "; also " + others + (more > 0 ? "; " + more + " more" : "");
    return new JoinException(text, first);
  }

  private JoinException(String message, JoinException first) {
    super(message);
    reason = first.reason;
    path = first.path;
  }

  public Reason reason() {
    return reason;
  }

  /** Of the object in the save, empty where it is not known. */
  public String path() {
    return path;
  }
}
