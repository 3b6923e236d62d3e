package io.picklift.app.accept;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code accept.yaml}: a finding, or a cause up to a number of findings.
 *
 * @param subject a finding's fingerprint, or a cause's name
 * @param most how many findings of the cause are accepted; 1 for a finding
 * @param key the save's key, for people and to tell a changed finding; empty for a cause
 * @param what the finding, for people; empty where not given
 * @param until the last day on which it holds; null for always
 * @param by who says so
 * @param line where it stands in the file
 */
public record Acceptance(
    String subject,
    boolean isCause,
    long most,
    String key,
    String what,
    String reason,
    @Nullable LocalDate until,
    String by,
    int line) {

  /** Whether it does not hold any more. */
  public boolean isExpired(LocalDate today) {
    return until != null && today.isAfter(until);
  }
}
