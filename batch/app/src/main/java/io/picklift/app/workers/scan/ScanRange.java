package io.picklift.app.workers.scan;

import org.jspecify.annotations.Nullable;

/**
 * A range of a scan, and how far it is. What the texts say, the scan's own work knows.
 *
 * @param after where it begins; null for the beginning of all
 * @param upTo where it ends, this one included; null for the end of all
 * @param position all up to this one is done; null before the first
 * @param firstRow how many rows come before the range
 * @param doneRows how many of its own are done
 * @param results how many results it has
 */
public record ScanRange(
    long id,
    @Nullable String after,
    @Nullable String upTo,
    @Nullable String position,
    long firstRow,
    long doneRows,
    int results) {
  /** One that nobody has worked on. */
  public static ScanRange of(@Nullable String after, @Nullable String upTo, long firstRow) {
    return new ScanRange(0, after, upTo, null, firstRow, 0, 0);
  }

  /** Where to go on. */
  public @Nullable String from() {
    return position == null ? after : position;
  }

  /** How many rows come before those that are left. */
  public long place() {
    return firstRow + doneRows;
  }
}
