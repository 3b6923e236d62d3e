package io.picklift.app.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gathers what verifying finds; safe for several threads. Holds what there is to say, and counts
 * the rest.
 */
public final class VerifyReport {
  /** Results with something to say beyond this are counted, not kept. */
  static final int MOST_KEPT = 20_000;

  private final Instant began = Instant.now();
  private final String source;
  private final String target;
  private final List<SaveResult> kept = new ArrayList<>();
  private final Map<String, Long> quarantined = new TreeMap<>();
  private final Map<String, Long> findings = new TreeMap<>();
  private long rows;
  private long equal;
  private long different;
  private long disagreeing;
  private long dropped;

  /**
   * About a source and a target, as messages name them.
   *
   * @param source the source table
   * @param target the target's URL, without password
   */
  public VerifyReport(String source, String target) {
    this.source = source;
    this.target = target;
  }

  /** Adds the result of one save. */
  public synchronized void add(SaveResult result) {
    rows++;
    switch (result.status()) {
      case EQUAL -> equal++;
      case QUARANTINED -> quarantined.merge(result.reason(), 1L, Long::sum);
      case DIFFERENT -> different++;
    }
    disagreeing += result.disagrees() ? 1 : 0;
    for (Finding finding : result.findings()) {
      findings.merge(finding.kind().label(), 1L, Long::sum);
    }
    if (result.isClean()) {
      return;
    }
    if (kept.size() < MOST_KEPT) {
      kept.add(result);
    } else {
      dropped++;
    }
  }

  public Instant began() {
    return began;
  }

  public String source() {
    return source;
  }

  public String target() {
    return target;
  }

  /** Rows of the source, and saves of the target that the source no longer has. */
  public synchronized long rows() {
    return rows;
  }

  /** Saves that the target gives back byte for byte. */
  public synchronized long equal() {
    return equal;
  }

  /** Saves that the target does not have as the source has them. */
  public synchronized long different() {
    return different;
  }

  /** Saves with a copy in the source that disagrees with the BLOB. */
  public synchronized long disagreeing() {
    return disagreeing;
  }

  /** Quarantined saves by reason. */
  public synchronized Map<String, Long> quarantinedByReason() {
    return new TreeMap<>(quarantined);
  }

  public synchronized long quarantined() {
    return quarantined.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many findings there are of each kind, by label. */
  public synchronized Map<String, Long> findings() {
    return new TreeMap<>(findings);
  }

  /** Results with something to say, by key. */
  public synchronized List<SaveResult> results() {
    return kept.stream().sorted(Comparator.comparing(SaveResult::key)).toList();
  }

  /** Results with something to say that are only counted. */
  public synchronized long dropped() {
    return dropped;
  }

  /** Whether there is nothing to look at. */
  public synchronized boolean isClean() {
    return rows == equal && findings.isEmpty();
  }
}
