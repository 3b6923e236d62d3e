package io.picklift.app.report;

/**
 * Something that verifying found about one save.
 *
 * @param kind what it is
 * @param column the source's column for a {@link Kind#COPY_DIFFERS} or {@link
 *     Kind#COPY_UNREADABLE}; else empty
 * @param path where in the save; empty where that makes no sense
 * @param blob what the BLOB says there, shortened; empty where that makes no sense
 * @param other what the target or the copy says there, shortened; empty where that makes no sense
 * @param message one line for people
 */
public record Finding(
    Kind kind, String column, String path, String blob, String other, String message) {

  /** Kinds of findings; reports hold their labels. */
  public enum Kind {
    /** The ledger does not know the row. */
    NOT_MIGRATED("not-migrated"),
    /** The BLOB is not the one that was migrated. */
    CHANGED_SINCE("changed-since"),
    /** The target has a save whose row is gone from the source. */
    GONE("gone"),
    /** The target has a save whose BLOB is refused now. */
    REFUSED("refused"),
    /** The engines read the BLOB differently. */
    ENGINES_DISAGREE("engines-disagree"),
    /** Rows and residue do not make a save. */
    NOT_RESTORABLE("not-restorable"),
    /** What is archived of the save is not what was archived for it. */
    DAMAGED("damaged"),
    /** The save from the target says something else than the BLOB. */
    DIFFERS("differs"),
    /** The same meaning, but not the same bytes. */
    BYTES_DIFFER("bytes-differ"),
    /** A copy beside the BLOB says something else. */
    COPY_DIFFERS("copy-differs"),
    /** A copy beside the BLOB cannot be read. */
    COPY_UNREADABLE("copy-unreadable");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** The name in reports. */
    public String label() {
      return label;
    }

    /** Whether this is about a copy in the source, and not about the target. */
    public boolean isAboutCopy() {
      return this == COPY_DIFFERS || this == COPY_UNREADABLE;
    }
  }

  /** A finding about the save as a whole. */
  public static Finding of(Kind kind, String message) {
    return new Finding(kind, "", "", "", "", message);
  }

  /** A place where BLOB and target differ. */
  public static Finding differs(String path, String blob, String target) {
    String message = path + ": " + blob + " in the BLOB, " + target + " in the target";
    return new Finding(Kind.DIFFERS, "", path, blob, target, message);
  }

  /** A place where BLOB and copy differ. */
  public static Finding copyDiffers(CopyDifference difference) {
    String message =
        difference.path()
            + ": "
            + difference.blob()
            + " in the BLOB, "
            + difference.copy()
            + " in column "
            + difference.column();
    return new Finding(
        Kind.COPY_DIFFERS,
        difference.column(),
        difference.path(),
        difference.blob(),
        difference.copy(),
        message);
  }
}
