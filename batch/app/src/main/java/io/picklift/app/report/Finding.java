package io.picklift.app.report;

import io.picklift.app.source.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * One thing that verification found about one save.
 *
 * @param kind what it is
 * @param column the source's column for a {@link Kind#COPY_DIFFERS} or {@link
 *     Kind#COPY_UNREADABLE}; else empty
 * @param path where in the save; empty where that makes no sense
 * @param blob what the BLOB says there, shortened; empty where that makes no sense
 * @param other what the tables or the copy say there, shortened; empty where that makes no sense
 * @param what one line for people that holds no value of the save; empty where {@code blob} and
 *     {@code other} say it all
 * @param identity a hash of what the other components show shortened; empty where they show all
 */
public record Finding(
    Kind kind,
    String column,
    String path,
    String blob,
    String other,
    String what,
    String identity) {

  private static final String POISON = "not proven: poison: ";
  private static final String OWNED =
      "the BLOB changed in the source, and the tables own this save";
  private static final String GONE_OWNED = "gone from the source, and the tables own this save";

  private static final List<String> TYPES =
      List.of(
          "int ",
          "float ",
          "str ",
          "bool ",
          "bytes ",
          "datetime ",
          "date ",
          "time ",
          "Decimal ",
          "UUID ");

  /** Kinds of findings, the worst first; reports hold their labels. */
  public enum Kind {
    /** What is archived of the save is not what was archived for it. */
    DAMAGED("damaged"),
    /** Rows and residue do not make a save. */
    NOT_RESTORABLE("not-restorable"),
    /** The save from the target says something else than the BLOB. */
    DIFFERS("differs"),
    /** The same meaning, but not the same bytes. */
    BYTES_DIFFER("bytes-differ"),
    /** The engines read the BLOB differently. */
    ENGINES_DISAGREE("engines-disagree"),
    /** The target has a save whose BLOB is refused now. */
    REFUSED("refused"),
    /**
     * There was not enough memory to say whether it is as it was migrated, or workers died of it.
     */
    UNPROVEN("not-proven"),
    /** The ledger does not know the row. */
    NOT_MIGRATED("not-migrated"),
    /** The BLOB is not the one that was migrated. */
    CHANGED_SINCE("changed-since"),
    /** The target has a save whose row is gone from the source. */
    GONE("gone"),
    /** A row of a companion is not in the target as it is in the source. */
    COMPANION("companion"),
    /** The save was refused when it was migrated, and still would be. */
    QUARANTINED("quarantined"),
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

    /** 0 for the worst. */
    @SuppressWarnings("EnumOrdinal") // their order is what is told
    int rank() {
      return ordinal();
    }

    /** Whether this is about a copy in the source, and not about the target. */
    public boolean isAboutCopy() {
      return this == COPY_DIFFERS || this == COPY_UNREADABLE;
    }
  }

  /** A finding about the save as a whole. */
  public static Finding of(Kind kind, String what) {
    return at(kind, "", what);
  }

  /** A finding about a place in the save, or about all of it where {@code path} is empty. */
  public static Finding at(Kind kind, String path, String what) {
    return new Finding(kind, "", PathWords.of(path), "", "", what, "");
  }

  /** A save that is quarantined. */
  public static Finding quarantined(String reason, String blobSha256) {
    return new Finding(Kind.QUARANTINED, "", "", "", "", "quarantined: " + reason, blobSha256);
  }

  /**
   * A save that is not proven, and of which nothing wrong is known either.
   *
   * @param limit what it would take more of
   */
  public static Finding unproven(String limit) {
    return of(Kind.UNPROVEN, "not proven: limit: " + limit);
  }

  /** A save that ended the processes of all workers that looked at it. */
  public static Finding poison() {
    return of(
        Kind.UNPROVEN,
        POISON + "three workers died while they verified this save alone; please report it");
  }

  /** A save whose BLOB is not the one that was migrated. */
  public static Finding changedSince() {
    return of(Kind.CHANGED_SINCE, "the BLOB changed since it was migrated: run backfill");
  }

  /** A save that the tables own, and whose BLOB is not the one on which both sides agreed. */
  public static Finding changedThoughOwned() {
    return of(Kind.CHANGED_SINCE, OWNED);
  }

  /** A save of the target whose row the source does not have any more. */
  public static Finding gone() {
    return of(Kind.GONE, "gone from the source, and still in the target");
  }

  /** The same of a save that the tables own. */
  public static Finding goneThoughOwned() {
    return of(Kind.GONE, GONE_OWNED);
  }

  /** Whether it is {@link #changedThoughOwned()} or {@link #goneThoughOwned()}. */
  boolean isOfOwned() {
    return (kind == Kind.CHANGED_SINCE && what.equals(OWNED))
        || (kind == Kind.GONE && what.equals(GONE_OWNED));
  }

  /** Whether it is {@link #poison()}, in the words of this version or of an earlier one. */
  boolean isPoison() {
    return kind == Kind.UNPROVEN && what.startsWith(POISON);
  }

  /**
   * A row of a companion.
   *
   * @param column the companion's table, with the column where one differs: {@code
   *     messages.sent_at}
   * @param identity of both sides; empty where the kind of difference says all
   */
  public static Finding companion(String column, String what, String identity) {
    return new Finding(Kind.COMPANION, column, "", "", "", column + ": " + what, identity);
  }

  /** A copy that cannot be read. */
  public static Finding unreadable(String column, String what) {
    return new Finding(Kind.COPY_UNREADABLE, column, "", "", "", column + ": " + what, "");
  }

  /** A place where BLOB and tables differ. */
  public static Finding differs(String path, String blob, String tables, String identity) {
    String type = type(blob);
    boolean alike = !type.isEmpty() && type.equals(type(tables));
    return new Finding(
        Kind.DIFFERS,
        "",
        PathWords.of(path),
        alike ? blob.substring(type.length()) : blob,
        alike ? tables.substring(type.length()) : tables,
        "",
        identity);
  }

  /** The name of the type that a value is shown with; told only where two values differ in it. */
  private static String type(String value) {
    return TYPES.stream().filter(value::startsWith).findFirst().orElse("");
  }

  /** A place where BLOB and copy differ. */
  public static Finding copyDiffers(CopyDifference difference) {
    return new Finding(
        Kind.COPY_DIFFERS,
        difference.column(),
        difference.path(),
        difference.blob(),
        difference.copy(),
        "",
        difference.identity());
  }

  /** More places of a copy that differ than are listed. */
  public static Finding copyDiffersMore(String column, long places) {
    return new Finding(
        Kind.COPY_DIFFERS, column, "", "", "", column + ": " + places + " more differences", "");
  }

  /** One line for people. */
  public String message() {
    return message(ValueDisclosure.FULL);
  }

  /** One line for people, with or without the values. */
  public String message(ValueDisclosure values) {
    if (!what.isEmpty()) {
      return what;
    }
    String where = kind == Kind.COPY_DIFFERS ? "column " + column : "the tables";
    String place = path.isEmpty() ? "the save itself" : path;
    return place
        + ": "
        + values.shown(blob)
        + " in the BLOB, "
        + values.shown(other)
        + " in "
        + where;
  }

  /** One line for people that begins with the kind. */
  String labelled(ValueDisclosure values) {
    String label = kind.label() + ": ";
    String message = message(values);
    return message.startsWith(label) ? message : label + message;
  }

  /** A difference between two saves, in one line. */
  public static String line(String path, String left, String right) {
    Finding finding = differs(path, left, right, "");
    String place = finding.path.isEmpty() ? "the save itself" : finding.path;
    return place + ": " + finding.blob + " / " + finding.other;
  }

  /** What makes this finding of a save the same one in the next report, in hex. */
  String fingerprint(String key) {
    StringBuilder text = new StringBuilder();
    for (String part : List.of(kind.label(), key, column, path, blob, other, what, identity)) {
      text.append(part.length()).append(':').append(part);
    }
    byte[] hash = Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash, 0, 16);
  }
}
