package io.picklift.app.target;

import org.jspecify.annotations.Nullable;

/**
 * What the ledger says about a source row.
 *
 * @param blobSha256 in lower-case hex; null for a NULL
 * @param graphSha256 in lower-case hex; null unless migrated
 * @param isOwned whether the tables own the save, so that no run may replace or delete it
 */
public record LedgerEntry(
    long saveId,
    Status status,
    @Nullable String blobSha256,
    @Nullable String graphSha256,
    @Nullable String watermark,
    boolean isOwned) {
  /** What became of a source row. */
  public enum Status {
    MIGRATED,
    QUARANTINED,
    /** Gone from the source since. */
    DELETED;

    public String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    public static Status of(String label) {
      return valueOf(label.toUpperCase(java.util.Locale.ROOT));
    }
  }
}
