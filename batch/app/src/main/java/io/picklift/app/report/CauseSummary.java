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
 */
public record CauseSummary(
    Cause cause,
    long findings,
    long saves,
    long accepted,
    long fresh,
    List<String> keys,
    Finding example,
    String note) {
  public CauseSummary {
    keys = List.copyOf(keys);
  }

  public boolean isAccepted() {
    return accepted == findings;
  }

  /** How many more saves there are than keys. */
  public long moreSaves() {
    return saves - keys.size();
  }
}
