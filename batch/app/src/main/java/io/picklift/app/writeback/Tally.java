package io.picklift.app.writeback;

import io.picklift.app.view.SafeText;
import java.util.ArrayList;
import java.util.List;

/** What became of saves that were looked at. For one thread. */
final class Tally {
  private static final int MOST_SHOWN = 20;

  private final List<String> reasons = new ArrayList<>();
  private long written;
  private long inserted;
  private long deleted;
  private long unchanged;
  private long left;
  private long unplaced;
  private long writtenBytes;

  void written(boolean isNew, long bytes) {
    written += isNew ? 0 : 1;
    inserted += isNew ? 1 : 0;
    writtenBytes += bytes;
  }

  void deleted() {
    deleted++;
  }

  void unchanged() {
    unchanged++;
  }

  void left(String key, String reason) {
    left++;
    tell(key, reason);
  }

  /** A save has rows that nothing in it refers to. */
  void unplaced(String key, String rows) {
    unplaced++;
    tell(key, rows);
  }

  private void tell(String key, String reason) {
    if (reasons.size() < MOST_SHOWN) {
      reasons.add(SafeText.line(key) + ": " + SafeText.line(reason));
    }
  }

  void add(Tally other) {
    written += other.written;
    inserted += other.inserted;
    deleted += other.deleted;
    unchanged += other.unchanged;
    left += other.left;
    unplaced += other.unplaced;
    writtenBytes += other.writtenBytes;
    for (String reason : other.reasons) {
      if (reasons.size() < MOST_SHOWN) {
        reasons.add(reason);
      }
    }
  }

  /** Of BLOBs that were written. */
  long writtenBytes() {
    return writtenBytes;
  }

  WritebackResult result() {
    return new WritebackResult(
        written, inserted, deleted, unchanged, left, unplaced, List.copyOf(reasons));
  }
}
