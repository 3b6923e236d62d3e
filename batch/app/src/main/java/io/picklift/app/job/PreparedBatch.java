package io.picklift.app.job;

import io.picklift.app.source.SourceRow;
import io.picklift.app.target.PreparedSave;
import io.picklift.app.throttle.Politeness;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The saves of a batch, in the key's order, decoded and taken apart bit by bit: so many at a time
 * as there is memory for, whatever they unpack to. For one thread.
 */
final class PreparedBatch {
  /** Parts are small enough that one is prepared while the one before is written. */
  private static final int MOST_SAVES = 250;

  private static final long MOST_BLOB_BYTES = 2L << 20;

  private final Iterator<SourceRow> rows;
  private final int range;
  private final Function<SourceRow, PreparedSave> preparing;
  private final long mostBytes;
  private final @Nullable Politeness polite;

  /**
   * Prepares nothing yet.
   *
   * @param range the number of the range of keys that they are in; 0 for none
   * @param mostBytes how much memory the saves of a part may take, beside its last one
   * @param polite says how large a part may be; null where nobody minds
   */
  PreparedBatch(
      List<SourceRow> rows,
      int range,
      Function<SourceRow, PreparedSave> preparing,
      long mostBytes,
      @Nullable Politeness polite) {
    this.polite = polite;
    this.rows = rows.iterator();
    this.range = range;
    this.preparing = preparing;
    this.mostBytes = mostBytes;
  }

  /** The number of the range of keys that the saves are in; 0 for none. */
  int range() {
    return range;
  }

  boolean isAtEnd() {
    return !rows.hasNext();
  }

  /** Prepares the next saves; none at the end. */
  List<PreparedSave> next() {
    List<PreparedSave> part = new ArrayList<>();
    long bytes = 0;
    long blobBytes = 0;
    long mostSaves = polite == null ? MOST_SAVES : polite.saves(MOST_SAVES);
    long mostBlobBytes = polite == null ? MOST_BLOB_BYTES : polite.bytes(MOST_BLOB_BYTES);
    while (rows.hasNext()
        && part.size() < mostSaves
        && bytes < mostBytes
        && blobBytes < mostBlobBytes) {
      PreparedSave save = preparing.apply(rows.next());
      part.add(save);
      bytes += save.footprint();
      blobBytes += readBytes(save);
    }
    return part;
  }

  /** How much of a full part these saves are. */
  static double share(List<PreparedSave> part) {
    return Math.max(part.size() / (double) MOST_SAVES, readBytes(part) / (double) MOST_BLOB_BYTES);
  }

  /** How many bytes of BLOBs were read for these saves: of one that was left out, none. */
  static long readBytes(List<PreparedSave> part) {
    return part.stream().mapToLong(PreparedBatch::readBytes).sum();
  }

  private static long readBytes(PreparedSave save) {
    PreparedSave.Blob blob = save.blob();
    return blob == null ? 0 : blob.readBytes();
  }

  /** How long the BLOBs of these saves are. */
  static long bytes(List<PreparedSave> part) {
    long bytes = 0;
    for (PreparedSave save : part) {
      PreparedSave.Blob blob = save.blob();
      bytes += blob == null ? 0 : blob.bytes();
    }
    return bytes;
  }
}
