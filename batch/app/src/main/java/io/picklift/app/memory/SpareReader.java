package io.picklift.app.memory;

import io.picklift.app.database.Retry;
import io.picklift.app.source.SaveBatch;
import io.picklift.app.source.SaveCursor;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import io.picklift.app.source.SourceRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Reads saves of a source. Where there is not enough memory for some of them together, each is read
 * with nothing else at work; one that is too large even so comes without its BLOB. For any thread.
 */
public final class SpareReader {
  private final SaveSource source;
  private final LastResort lastResort;

  /**
   * @param lastResort one for all that is at work at a time
   */
  public SpareReader(SaveSource source, LastResort lastResort) {
    this.source = source;
    this.lastResort = lastResort;
  }

  /** {@link SaveCursor#read}. */
  public SaveBatch read(Collection<SaveKey> keys, boolean copies) throws SQLException {
    SaveBatch batch = lastResort.beside(() -> SaveCursor.read(source, keys, copies));
    if (batch != null) {
      return batch;
    }
    List<SourceRow> rows = new ArrayList<>();
    List<SaveKey> lost = new ArrayList<>();
    for (SaveKey key : keys) {
      SaveBatch one = lastResort.alone(() -> SaveCursor.read(source, List.of(key), copies));
      SaveBatch taken = one == null ? described(source, List.of(key)) : one;
      rows.addAll(taken.rows());
      lost.addAll(taken.lost());
    }
    return new SaveBatch(rows, lost);
  }

  /** The same for who is alone already. */
  public static SaveBatch readAlone(SaveSource source, Collection<SaveKey> keys, boolean copies)
      throws SQLException {
    SaveBatch batch = LastResort.orNull(() -> SaveCursor.read(source, keys, copies));
    return batch == null ? described(source, List.copyOf(keys)) : batch;
  }

  private static SaveBatch described(SaveSource source, List<SaveKey> keys) throws SQLException {
    List<SourceRow> rows = Retry.retrying(() -> source.describe(keys));
    List<SaveKey> lost = new ArrayList<>(keys);
    rows.forEach(row -> lost.remove(row.key()));
    return new SaveBatch(rows, lost);
  }
}
