package io.picklift.app.job;

import io.picklift.app.source.SourceRow;
import io.picklift.app.target.PreparedSave;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/**
 * The saves of a batch, in the key's order, decoded and taken apart bit by bit: so many at a time
 * as there is memory for, whatever they unpack to. For one thread.
 */
final class PreparedBatch {
  /** Parts are small enough that one is prepared while the one before is written. */
  private static final int MOST_SAVES = 250;

  private static final long MOST_BLOB_BYTES = 2L << 20;

  private final Iterator<SourceRow> rows;
  private final Function<SourceRow, PreparedSave> preparing;
  private final long mostBytes;

  /**
   * Prepares nothing yet.
   *
   * @param mostBytes how much memory the saves of a part may take, beside its last one
   */
  PreparedBatch(List<SourceRow> rows, Function<SourceRow, PreparedSave> preparing, long mostBytes) {
    this.rows = rows.iterator();
    this.preparing = preparing;
    this.mostBytes = mostBytes;
  }

  boolean isAtEnd() {
    return !rows.hasNext();
  }

  /** Prepares the next saves; none at the end. */
  List<PreparedSave> next() {
    List<PreparedSave> part = new ArrayList<>();
    long bytes = 0;
    long blobBytes = 0;
    while (rows.hasNext()
        && part.size() < MOST_SAVES
        && bytes < mostBytes
        && blobBytes < MOST_BLOB_BYTES) {
      PreparedSave save = preparing.apply(rows.next());
      part.add(save);
      bytes += save.footprint();
      PreparedSave.Blob blob = save.blob();
      blobBytes += blob == null ? 0 : blob.bytes();
    }
    return part;
  }
}
