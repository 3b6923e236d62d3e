package io.picklift.app.account;

/**
 * What became of a companion's rows, as the run's last pass over the source met them.
 *
 * @param name the table in the target
 * @param added rows that the target did not have before
 * @param replaced rows copied anew
 * @param unchanged rows that the target had as they are
 * @param refused rows that the target does not take
 * @param changed rows that came or changed while the last pass looked
 * @param deleted rows of the target that were gone from the source, and are deleted
 * @param heldBack such rows that are still there
 */
public record CompanionCounts(
    String name,
    long added,
    long replaced,
    long unchanged,
    long refused,
    long changed,
    long deleted,
    long heldBack) {
  /** The source's rows. */
  public long rows() {
    return added + replaced + unchanged + refused + changed;
  }

  /** Whether there is something to look at. */
  public boolean isClean() {
    return refused == 0 && heldBack == 0;
  }
}
