package io.picklift.app.report;

import java.util.List;

/**
 * The findings of one cause.
 *
 * @param findings how many there are
 * @param saves how many saves have one
 * @param accepted how many of the findings are accepted
 * @param fresh how many the previous report does not have; 0 where there is none
 * @param keys of the first few saves, by key
 * @param example the message of the first of these
 * @param note why an acceptance does not hold any more; else empty
 * @param configuration the file that was verified by; empty for the one that commands take unless
 *     they are told
 */
public record CauseSummary(
    Cause cause,
    long findings,
    long saves,
    long accepted,
    long fresh,
    List<String> keys,
    Finding example,
    String note,
    String configuration) {
  public CauseSummary {
    keys = List.copyOf(keys);
  }

  public boolean isAccepted() {
    return accepted == findings;
  }

  /** How many saves, or rows of a companion, have one, in words. */
  public String amount() {
    boolean isCompanion = cause.kind() == Finding.Kind.COMPANION;
    return VerdictSentence.count(saves, isCompanion ? "row" : "save");
  }

  /** A command that shows one case. */
  public String command() {
    return cause.command(keys.get(0), configuration);
  }

  /** How many more saves there are than keys. */
  public long moreSaves() {
    return saves - keys.size();
  }
}
