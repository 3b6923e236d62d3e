package io.picklift.app.report;

import io.picklift.app.accept.AcceptList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Saves that a command refused, or could not restore, and what of it is accepted. Whoever accepted
 * a finding of {@code verify} has accepted it everywhere.
 */
public final class RefusedSaves {
  private final AcceptList list;
  private final VerifyReport report;

  public RefusedSaves(AcceptList accepted) {
    list = accepted;
    report = new VerifyReport("", "", accepted, null);
  }

  /** A save that is quarantined, or would be. */
  public void quarantined(String key, String reason, @Nullable String blobSha256) {
    add(key, Finding.quarantined(reason, blobSha256 == null ? "" : blobSha256));
  }

  /** Any other finding. */
  public void add(String key, Finding finding) {
    report.add(
        new SaveResult(key, SaveResult.Status.QUARANTINED, finding.what(), List.of(finding)));
  }

  /** Whether there is no acceptance at all. */
  public boolean isNothingAccepted() {
    return list.isEmpty();
  }

  /** How many of them are accepted. */
  public long accepted() {
    return report.model().totals().accepted();
  }

  /** A line for people about what is accepted; empty where nothing is. */
  public String line() {
    long accepted = accepted();
    return accepted == 0 ? "" : "%,10d  of the refused saves are accepted%n".formatted(accepted);
  }
}
