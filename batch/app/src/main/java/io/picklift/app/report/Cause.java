package io.picklift.app.report;

import io.picklift.app.report.Finding.Kind;

/**
 * What findings of several saves have in common: the kind, and the place without its numbers.
 *
 * @param place in any save: {@code orders[*].total}; the reason of a quarantined one
 */
public record Cause(Kind kind, String column, String place) {
  private static final String POISON = "poison";

  public static Cause of(Finding finding) {
    String place =
        switch (finding.kind()) {
          case QUARANTINED -> finding.what();
          case UNPROVEN -> finding.equals(Finding.poison()) ? POISON : "limit";
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
      case NOT_RESTORABLE -> "rows and residue do not fit together at " + where;
      case DIFFERS -> where + " in the tables is not what the BLOB has";
      case BYTES_DIFFER -> "the same meaning, but not the same bytes";
      case ENGINES_DISAGREE -> "the two engines read " + where + " differently";
      case UNPROVEN -> "not proven: " + place;
      case REFUSED -> "the BLOB was migrated and is refused now";
      case NOT_MIGRATED -> "not migrated yet";
      case CHANGED_SINCE -> "the BLOB changed since it was migrated";
      case GONE -> "gone from the source, still in the target";
      case QUARANTINED -> place;
      case COPY_DIFFERS -> where + " in column " + column + " is not what the BLOB has";
      case COPY_UNREADABLE -> "the copy in column " + column + " cannot be read";
      case COMPANION -> "companion " + column + ": " + place;
    };
  }

  /** What to do about it. */
  public String advice() {
    return switch (kind) {
      case DAMAGED, NOT_RESTORABLE, BYTES_DIFFER ->
          "Find out who wrote into the target beside Picklift; 'picklift repair --key K' makes a"
              + " save anew from the source. For one that the tables own, 'picklift cutover --back"
              + " --take-source --key K' does that, and what was written into its rows is lost.";
      case DIFFERS ->
          "If the tables were edited on purpose, accept it or restore the save; else find out who"
              + " wrote into them.";
      case ENGINES_DISAGREE -> "Report it with the pickle: one of the engines is wrong.";
      case UNPROVEN ->
          place.equals(POISON)
              ? "Nothing wrong is known of it: give workers more memory (-Xmx), or verify it"
                  + " without them; report what they died of."
              : "Nothing wrong is known of it: give Java more memory (-Xmx), and verify it again.";
      case REFUSED -> "Use the Picklift that migrated it, and report it.";
      case NOT_MIGRATED, CHANGED_SINCE, GONE -> "Run 'picklift backfill', then verify again.";
      case QUARANTINED -> "Mend the BLOB in the source, or accept the save as lost.";
      case COPY_DIFFERS, COPY_UNREADABLE ->
          "The BLOB is what was migrated. If the copy is the one to trust, mend the BLOB; else drop"
              + " the copy.";
      case COMPANION ->
          "Run 'picklift backfill', then verify again. What differs still was written into the"
              + " table beside Picklift: delete such a row, and backfill copies it anew."
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
