package io.picklift.app.restore;

import io.picklift.app.rebuild.RebuiltSave;
import io.picklift.app.report.Finding;
import io.picklift.app.view.SafeText;
import java.util.ArrayList;
import java.util.List;

/** Counts what was restored. For one thread. */
final class RestoreTally {
  private static final int MOST_PROBLEMS = 1_000;

  private final RestoreSummary.Failures failures;
  private final List<String> problems;
  private long unchanged;
  private long changed;
  private long failed;
  private long unplaced;

  /**
   * @param before what was counted before
   * @param failures is told of each save that could not be restored
   */
  RestoreTally(RestoreSummary before, RestoreSummary.Failures failures) {
    this.failures = failures;
    problems = new ArrayList<>(before.problems());
    unchanged = before.unchanged();
    changed = before.changed();
    failed = before.failed();
    unplaced = before.unplaced();
  }

  RestoreSummary summary() {
    return new RestoreSummary(unchanged, changed, problems, failed, unplaced);
  }

  void restored(String key, RebuiltSave save) {
    if (save.isEdited()) {
      changed++;
    } else {
      unchanged++;
    }
    String rows = save.unplaced();
    if (rows != null) {
      unplaced++;
      tell(key, rows);
    }
  }

  private void tell(String key, String message) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(SafeText.line(key) + ": " + message);
    }
  }

  void fail(String key, String message) {
    failed++;
    tell(key, message);
  }

  void fail(String key, String message, Finding finding) {
    fail(key, message);
    failures.add(key, finding);
  }

  /** Adds what another thread counted. */
  void add(RestoreSummary other) {
    unchanged += other.unchanged();
    changed += other.changed();
    failed += other.failed();
    unplaced += other.unplaced();
    other.problems().stream().limit(MOST_PROBLEMS - problems.size()).forEach(problems::add);
  }
}
