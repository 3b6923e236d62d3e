package io.picklift.app.source;

import java.util.List;

/**
 * Saves that are processed together, in one transaction.
 *
 * @param rows in the key's order; bounded by bytes
 * @param range the number of the range that all of them are in; 0 for none
 * @param lost keys that the source listed, and had no row for when it was asked for them
 */
public record SaveBatch(List<SourceRow> rows, int range, List<SaveKey> lost) {
  public SaveBatch {
    rows = List.copyOf(rows);
    lost = List.copyOf(lost);
  }

  /** Of no range. */
  public SaveBatch(List<SourceRow> rows, List<SaveKey> lost) {
    this(rows, 0, lost);
  }

  /** The same in a range. */
  public SaveBatch in(int number) {
    return new SaveBatch(rows, number, lost);
  }

  /** How long the BLOBs are, all together. */
  public long bytes() {
    long bytes = 0;
    for (SourceRow row : rows) {
      byte[] blob = row.blob();
      bytes += blob == null ? 0 : blob.length;
    }
    return bytes;
  }
}
