package io.picklift.app.report;

import java.util.List;

/**
 * What verifying one save gave.
 *
 * @param key the source's key, as text
 * @param status how it stands between source and target
 * @param reason why it is quarantined; else empty
 * @param findings what there is to say; a save that is equal may have findings about its copies
 */
public record SaveResult(String key, Status status, String reason, List<Finding> findings) {
  /** How a save stands between source and target. */
  public enum Status {
    /** The target gives back the BLOB, byte for byte, from rows and residue. */
    EQUAL("equal"),
    /** Refused, and known to be. */
    QUARANTINED("quarantined"),
    /** The target does not have what the source has. */
    DIFFERENT("different");

    private final String label;

    Status(String label) {
      this.label = label;
    }

    /** The name in reports. */
    public String label() {
      return label;
    }
  }

  public SaveResult {
    findings = List.copyOf(findings);
  }

  /** Whether there is nothing to say. */
  public boolean isClean() {
    return status == Status.EQUAL && findings.isEmpty();
  }

  /** Whether a copy in the source disagrees with the BLOB. */
  public boolean disagrees() {
    return findings.stream().anyMatch(finding -> finding.kind() == Finding.Kind.COPY_DIFFERS);
  }
}
