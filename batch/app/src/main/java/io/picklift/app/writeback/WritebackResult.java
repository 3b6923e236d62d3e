package io.picklift.app.writeback;

import java.util.List;

/**
 * What a write-back did.
 *
 * @param written saves whose row in the source says now what the tables say
 * @param inserted saves that were born in the tables, and have a row in the source now
 * @param deleted saves that were removed in the tables, and have no row in the source any more
 * @param unchanged saves whose rows say what was agreed last; the source is not asked
 * @param left saves that were not written
 * @param unplaced saves that have rows which nothing in them refers to: they are in no BLOB
 * @param reasons a line for each of the first of these
 */
public record WritebackResult(
    long written,
    long inserted,
    long deleted,
    long unchanged,
    long left,
    long unplaced,
    List<String> reasons) {
  public WritebackResult {
    reasons = List.copyOf(reasons);
  }

  /** Whether there was nothing to be written, and nothing to be told. */
  public boolean isIdle() {
    return written + inserted + deleted + left + unplaced == 0;
  }
}
