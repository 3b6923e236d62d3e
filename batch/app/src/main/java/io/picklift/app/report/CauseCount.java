package io.picklift.app.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Counts the findings of one cause. */
final class CauseCount {
  private static final int MOST_KEYS = 20;

  private final Cause cause;

  /** The first keys, the last of them on top, so that the order of coming does not matter. */
  private final PriorityQueue<Case> first =
      new PriorityQueue<>(Comparator.comparing(Case::key).reversed());

  long findings;
  long saves;
  long accepted;
  long fresh;

  /** Findings whose acceptance is of another value, or has expired. */
  long changed;

  long expired;

  private record Case(String key, Finding finding) {}

  CauseCount(Cause cause) {
    this.cause = cause;
  }

  /** Notes a save, with the first of its findings of this cause. */
  void save(String key, Finding finding) {
    saves++;
    first.add(new Case(key, finding));
    if (first.size() > MOST_KEYS) {
      first.poll();
    }
  }

  CauseSummary summary(boolean isAccepted, String note, String configuration) {
    List<Case> cases = new ArrayList<>(first);
    cases.sort(Comparator.comparing(Case::key));
    return new CauseSummary(
        cause,
        findings,
        saves,
        isAccepted ? findings : accepted,
        fresh,
        cases.stream().map(Case::key).toList(),
        cases.get(0).finding(),
        note,
        configuration);
  }
}
