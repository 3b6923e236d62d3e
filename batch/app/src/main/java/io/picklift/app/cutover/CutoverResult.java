package io.picklift.app.cutover;

import java.util.List;

/**
 * What a cut-over did.
 *
 * @param switched saves that have another owner now
 * @param left saves that keep theirs
 * @param reasons a line for each of the first of these
 */
public record CutoverResult(long switched, long left, List<String> reasons) {
  public CutoverResult {
    reasons = List.copyOf(reasons);
  }
}
