package io.picklift.app.report;

import io.picklift.app.report.Finding.Kind;

/**
 * What findings of several saves have in common: the kind, and the place without its numbers.
 *
 * @param place in any save: {@code orders[*].total}; the reason of a quarantined one
 */
public record Cause(Kind kind, String column, String place) {
  private static final String POISON = "poison";
  private static final String OWNED = "owned";
  private static final String BACKFILL = "Run 'picklift backfill', then verify again.";

  public static Cause of(Finding finding) {
    String place =
        switch (finding.kind()) {
          case QUARANTINED -> finding.what();
          case UNPROVEN -> finding.isPoison() ? POISON : "limit";
          case CHANGED_SINCE, GONE -> finding.isOfOwned() ? OWNED : "";
          case COMPANION -> finding.what().substring(finding.column().length() + 2);
          default -> PathWords.place(finding.path());
        };
    return new Cause(finding.kind(), finding.column(), place);
  }

  /** The name by which {@code accept.yaml} calls it. */
  public String id() {
    StringBuilder id = new StringBuilder(kind.label());
    if (kind == Kind.QUARANTINED) {
      return place.replace("quarantined: ", "quarantined:");
    }
    if (!column.isEmpty()) {
      id.append(':').append(column);
    }
    if (!place.isEmpty()) {
      id.append(':').append(place);
    }
    return id.toString();
  }

  /** In one line, without a value. */
  public String title() {
    String where = place.isEmpty() ? "the save" : place;
    return switch (kind) {
      case DAMAGED -> "what is archived is damaged, or another save's";
      case NOT_RESTORABLE -> "rows and residue do not match at " + where;
      case DIFFERS -> where + " differs between tables and BLOB";
      case BYTES_DIFFER -> "the same meaning, but not the same bytes";
      case ENGINES_DISAGREE -> "the two engines read " + where + " differently";
      case UNPROVEN -> "not proven: " + place;
      case REFUSED -> "the BLOB was migrated and is refused now";
      case NOT_MIGRATED -> "not migrated yet";
      case CHANGED_SINCE ->
          place.equals(OWNED)
              ? "the BLOB changed in the source, and the tables own the save"
              : "the BLOB changed since it was migrated";
      case GONE ->
          place.equals(OWNED)
              ? "gone from the source, and the tables own the save"
              : "gone from the source, still in the target";
      case QUARANTINED -> place;
      case COPY_DIFFERS -> where + " differs between column " + column + " and BLOB";
      case COPY_UNREADABLE -> "the copy in column " + column + " cannot be read";
      case COMPANION -> "companion " + column + ": " + place;
    };
  }

  /** What to do about it. */
  public String advice() {
    return switch (kind) {
      case DAMAGED, NOT_RESTORABLE, BYTES_DIFFER ->
          "Find out who wrote into the rows. If the source owns the save, 'picklift repair --key K'"
              + " migrates it again. If the tables own it, mend its rows as 'picklift restore --check"
              + " --key K' says; or 'picklift cutover --back --take-source --key K' takes the"
              + " source's save, and edits of its rows are lost.";
      case DIFFERS ->
          "If the tables were edited on purpose, accept it or restore the save; else find out who"
              + " wrote into them.";
      case ENGINES_DISAGREE -> "Report it with the pickle: one of the engines is wrong.";
      case UNPROVEN ->
          place.equals(POISON)
              ? "No error was found in it: give workers more memory (-Xmx), or verify it without"
                  + " them; report what they died of."
              : "No error was found in it: give Java more memory (-Xmx), and verify it again.";
      case REFUSED -> "Use the Picklift that migrated it, and report it.";
      case CHANGED_SINCE ->
          place.equals(OWNED)
              ? "'picklift cutover --back --take-source --key K' takes the source's save; edits of"
                  + " its rows are lost. 'picklift writeback --take-tables --key K' writes the tables'"
                  + " save; what was written in the source is lost."
              : BACKFILL;
      case GONE ->
          place.equals(OWNED)
              ? "'picklift writeback --take-tables --key K' adds its row again. Or delete the save's"
                  + " rows in the tables, and run 'picklift writeback'."
              : BACKFILL;
      case NOT_MIGRATED -> BACKFILL;
      case QUARANTINED -> "Repair the BLOB in the source, or accept the save as lost.";
      case COPY_DIFFERS, COPY_UNREADABLE ->
          "The BLOB was migrated, not the copy. If the copy is the one to trust, repair the BLOB;"
              + " else drop the copy.";
      case COMPANION ->
          "Run 'picklift backfill', then verify again. Rows that still differ were written into"
              + " the table beside Picklift: delete them, and backfill copies them again."
              + " picklift_companion_refused says why a row was refused.";
    };
  }

  /**
   * A command that shows one case.
   *
   * @param configuration the file to be named; empty for none
   */
  String command(String key, String configuration) {
    String config = configuration.isEmpty() ? "" : " --config " + quoted(configuration);
    if (kind == Kind.COMPANION) {
      return "picklift verify" + config;
    }
    String command = kind == Kind.QUARANTINED ? "picklift inspect" : "picklift verify";
    return command + config + " --key " + quoted(key);
  }

  /** For a shell. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
