package io.picklift.app.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The results that a report lists: where there are more findings than it may have, the worst ones,
 * and of equally bad ones the first by key. So the same findings are listed in whatever order saves
 * were verified.
 */
final class KeptResults {
  private static final Comparator<Ranked> LEAST_FIRST =
      Comparator.comparingInt(Ranked::rank).thenComparing(it -> it.result().key()).reversed();

  private final int most;
  private final PriorityQueue<Ranked> kept = new PriorityQueue<>(LEAST_FIRST);
  private long findings;
  private long dropped;

  private record Ranked(SaveResult result, int rank) {}

  /**
   * @param most how many findings are kept
   */
  KeptResults(int most) {
    this.most = most;
  }

  /**
   * Adds a result.
   *
   * @param rank 0 for the worst
   */
  void add(SaveResult result, int rank) {
    kept.add(new Ranked(result, rank));
    findings += result.findings().size();
    while (findings > most && kept.size() > 1) {
      findings -= kept.remove().result().findings().size();
      dropped++;
    }
  }

  /** In no order. */
  List<SaveResult> results() {
    List<SaveResult> results = new ArrayList<>();
    kept.forEach(ranked -> results.add(ranked.result()));
    return results;
  }

  /** How many results are not among them. */
  long dropped() {
    return dropped;
  }
}
