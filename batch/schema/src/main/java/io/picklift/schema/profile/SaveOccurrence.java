package io.picklift.schema.profile;

import org.jspecify.annotations.Nullable;

/** In how many saves something was, the first and the last of them. */
public final class SaveOccurrence {
  private long saves;
  private @Nullable SaveFacts first;
  private @Nullable SaveFacts last;
  private @Nullable SaveFacts current;

  SaveOccurrence() {}

  /**
   * Notes the save that is being walked.
   *
   * @return whether this is the first time in this save
   */
  boolean note(SaveFacts save) {
    if (save.is(current)) {
      return false;
    }
    current = save;
    saves++;
    take(save, save);
    return true;
  }

  void merge(SaveOccurrence other) {
    saves += other.saves;
    if (other.first != null && other.last != null) {
      take(other.first, other.last);
    }
    current = null;
  }

  private void take(SaveFacts early, SaveFacts late) {
    if (first == null || early.isBefore(first)) {
      first = early;
    }
    if (last == null || last.isBefore(late)) {
      last = late;
    }
  }

  /**
   * Whether the last save here was written before the first one there. Without a watermark only
   * numbers as keys tell an order.
   */
  public boolean endsBefore(SaveOccurrence other) {
    SaveFacts end = last;
    SaveFacts start = other.first;
    return end != null && start != null && end.isTold(start) && end.isBefore(start);
  }

  /** Whether the source tells which of two saves was written first, of those here and there. */
  public boolean isTold(SaveOccurrence other) {
    return last != null && other.last != null && last.isTold(other.last);
  }

  public long saves() {
    return saves;
  }

  /** The first save by watermark, or else in the source's order; null where there was none. */
  public @Nullable SaveFacts first() {
    return first;
  }

  public @Nullable SaveFacts last() {
    return last;
  }
}
