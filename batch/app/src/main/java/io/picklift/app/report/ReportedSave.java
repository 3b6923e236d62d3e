package io.picklift.app.report;

import java.util.List;

/** A save that has findings. */
public record ReportedSave(
    String key, SaveResult.Status status, String reason, List<ReportedFinding> findings) {
  /** The rank of a save of which everything is accepted: behind all others. */
  static final int NOTHING_OPEN = Finding.Kind.values().length;

  public ReportedSave {
    findings = List.copyOf(findings);
  }

  /**
   * One finding of a save.
   *
   * @param accepted the reason why it is accepted; empty where it is not
   * @param isNew whether the previous report does not have it
   */
  public record ReportedFinding(
      Finding finding, String fingerprint, String accepted, boolean isNew) {}

  /** How bad the worst is that nobody accepted; 0 is the worst there is. */
  int rank() {
    return findings.stream()
        .filter(finding -> finding.accepted().isEmpty())
        .mapToInt(finding -> finding.finding().kind().rank())
        .min()
        .orElse(NOTHING_OPEN);
  }
}
