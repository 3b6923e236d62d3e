package io.picklift.app.report;

import java.util.List;

/**
 * The result of verifying one save.
 *
 * @param key the source's key, as text
 * @param status how it stands between source and target
 * @param reason why it is quarantined; else empty
 * @param findings what there is to say; a save that is equal may have findings about its copies
 */
public record SaveResult(String key, Status status, String reason, List<Finding> findings) {
  /** How a save stands between source and target: each row of the source has exactly one. */
  public enum Status {
    /** The target gives back the BLOB, byte for byte, from rows and residue. */
    EQUAL("equal"),
    /** Refused, and known to be. */
    QUARANTINED("quarantined"),
    /** The BLOB is not the one that was migrated: a backfill is due. */
    CHANGED("changed-since"),
    /** The target does not have it: a backfill is due. */
    MISSING("not-migrated"),
    /** The target does not give back what was migrated. */
    DIFFERENT("different"),
    /**
     * There was not enough memory to tell, with no other save at work either, or workers died of
     * it.
     */
    UNPROVEN("not-proven"),
    /** The tables own it, and it was edited there: it is not to be as in the source. */
    OWNED("owned"),
    /** The target has it and the source does not: no row of the source. */
    GONE("gone"),
    /** A row of a companion, whose key is its table and its key there: no row of the source. */
    COMPANION("companion");

    private final String label;

    Status(String label) {
      this.label = label;
    }

    /** The name in reports. */
    public String label() {
      return label;
    }

    /** Whether the target is to have it and does not, or has what it is not to have. */
    public boolean isDifferent() {
      return switch (this) {
        case EQUAL, QUARANTINED, UNPROVEN, OWNED, COMPANION -> false;
        case CHANGED, MISSING, DIFFERENT, GONE -> true;
      };
    }
  }

  public SaveResult {
    findings = List.copyOf(findings);
  }

  /** Whether there is nothing to say. */
  public boolean isClean() {
    return (status == Status.EQUAL || status == Status.OWNED) && findings.isEmpty();
  }

  /** Whether there was not enough memory to say all that there is to say. */
  public boolean lacksMemory() {
    return findings.stream().anyMatch(finding -> finding.kind() == Finding.Kind.UNPROVEN);
  }

  /** Whether a copy in the source disagrees with the BLOB. */
  public boolean disagrees() {
    return findings.stream().anyMatch(finding -> finding.kind() == Finding.Kind.COPY_DIFFERS);
  }
}
