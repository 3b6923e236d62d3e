package io.picklift.app.writeback;

import java.util.List;

/**
 * What a write-back did.
 *
 * @param written saves whose row in the source says now what the tables say
 * @param unchanged saves of which it said so already
 * @param left saves that were not written
 * @param reasons a line for each of the first of these
 */
public record WritebackResult(long written, long unchanged, long left, List<String> reasons) {
  public WritebackResult {
    reasons = List.copyOf(reasons);
  }
}
