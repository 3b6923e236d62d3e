package io.picklift.app.restore;

import io.picklift.app.report.Finding;
import java.util.List;

/**
 * What was restored.
 *
 * @param unchanged BLOBs that are what was migrated
 * @param changed BLOBs of saves that were changed in the tables since
 * @param problems a line for each save that could not be restored, or not with all of its rows, up
 *     to a thousand
 * @param failed how many could not be restored, or were asked for and are not there
 * @param unplaced how many were restored without some of their rows, to which nothing in the save
 *     refers; each has a line among the problems
 */
public record RestoreSummary(
    long unchanged, long changed, List<String> problems, long failed, long unplaced) {
  static final RestoreSummary NOTHING = new RestoreSummary(0, 0, List.of(), 0, 0);

  /** Is told of each save that could not be restored, in the words of {@code verify}. */
  public interface Failures {
    /** Nobody listens. */
    Failures IGNORED = (key, finding) -> {};

    void add(String key, Finding finding);
  }

  public RestoreSummary {
    problems = List.copyOf(problems);
  }
}
