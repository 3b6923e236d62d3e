package io.picklift.app.report;

import java.util.List;

/** A save that has findings. */
public record ReportedSave(
    String key, SaveResult.Status status, String reason, List<ReportedFinding> findings) {
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

  /** Whether there is something that nobody accepted. */
  boolean isOpen() {
    return findings.stream().anyMatch(finding -> finding.accepted().isEmpty());
  }
}
