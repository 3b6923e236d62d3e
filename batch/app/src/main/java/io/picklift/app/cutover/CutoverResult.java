package io.picklift.app.cutover;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a cut-over did.
 *
 * @param switched saves that have another owner now
 * @param left saves that keep theirs
 * @param reasons a line for each of the first of these
 * @param note what new saves cannot be made like, in one line; null where there is nothing to say
 */
public record CutoverResult(long switched, long left, List<String> reasons, @Nullable String note) {
  public CutoverResult {
    reasons = List.copyOf(reasons);
  }
}
