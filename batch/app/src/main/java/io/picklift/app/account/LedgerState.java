package io.picklift.app.account;

import io.picklift.app.target.LedgerEntry;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger says about a source row, as far as a run needs it to decide what to do with the
 * row.
 *
 * @param blobSha256 in lower-case hex; null for a NULL
 * @param carriedSha256 of what else the row brought, in lower-case hex; null for nothing
 * @param isBroken whether the residue or the quarantine's row that belongs to it is missing
 * @param isWritten whether this run wrote it
 * @param isNew whether this run wrote it for the first time
 * @param isOutOfScope whether its row was outside of the scope when last looked at
 * @param isOwned whether the tables own the save
 */
public record LedgerState(
    LedgerEntry.Status status,
    @Nullable String blobSha256,
    @Nullable String watermark,
    @Nullable String carriedSha256,
    boolean isBroken,
    boolean isWritten,
    boolean isNew,
    boolean isOutOfScope,
    boolean isOwned) {
  /** Whether there is something of a row that is not gone, whole. */
  public boolean isLive() {
    return status != LedgerEntry.Status.DELETED && !isBroken;
  }
}
