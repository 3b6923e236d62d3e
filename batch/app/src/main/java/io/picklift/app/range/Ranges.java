package io.picklift.app.range;

import io.picklift.app.database.Retry;
import io.picklift.app.lock.Fence;
import io.picklift.app.lock.FencedTransaction;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a source into ranges of keys, once: later runs have the same ranges, with more behind them
 * where the source has grown there. A source that has grown or shrunk much elsewhere is cut anew.
 */
public final class Ranges {
  /** A range that differs is compared row by row: of more rows, one change would cost more. */
  private static final int MOST_ROWS = 1_000;

  private static final int MUCH = 4;

  /** So few ranges cost next to nothing, however small they are. */
  private static final int FEW = 250;

  private final SaveSource source;
  private final DataSource target;
  private final Fence lock;

  public Ranges(SaveSource source, DataSource target, Fence lock) {
    this.source = source;
    this.target = target;
    this.lock = lock;
  }

  /**
   * The ranges of a source, in the order of their keys; none where it has no sums.
   *
   * @param rows how many rows the source has now
   * @param least how many ranges there are to be where there are rows enough
   */
  public List<KeyRange> prepare(long rows, int least) throws SQLException {
    SaveSource.Sums sums = source.sums();
    if (sums == null) {
      return List.of();
    }
    String order = sums.keyOrder();
    List<KeyRange> known = known();
    boolean isOfUse = !known.isEmpty() && !isOutgrown(rows, known.size());
    List<KeyRange> kept = isOfUse ? known : List.of();
    int size = (int) Math.max(1, Math.min(MOST_ROWS, rows / least));
    List<KeyRange> more = cut(sums, kept, size, MUCH * (rows / size + 1));
    if (isOfUse && more.size() == 1) {
      return known;
    }
    FencedTransaction.run(
        lock, target, connection -> new RangeTable(connection, source, order).write(more));
    List<KeyRange> all = new ArrayList<>(kept.isEmpty() ? kept : kept.subList(0, kept.size() - 1));
    all.addAll(more);
    return all;
  }

  /** The ranges that the target has of the source; none where it has no sums. */
  public List<KeyRange> known() throws SQLException {
    SaveSource.Sums sums = source.sums();
    if (sums == null) {
      return List.of();
    }
    String order = sums.keyOrder();
    return Retry.retrying(
        () -> {
          try (Connection connection = target.getConnection()) {
            return new RangeTable(connection, source, order).read();
          }
        });
  }

  private static boolean isOutgrown(long rows, int ranges) {
    return rows > (long) MUCH * MOST_ROWS * ranges
        || (ranges > FEW && rows * MUCH * MUCH < (long) MOST_ROWS * ranges);
  }

  /**
   * Ranges from the last known one on, which has no end, and is cut where it has grown.
   *
   * @param most how many ranges: keys that a view makes anew for each statement have no end
   */
  private static List<KeyRange> cut(SaveSource.Sums sums, List<KeyRange> known, int size, long most)
      throws SQLException {
    KeyRange open = known.isEmpty() ? new KeyRange(1, null, null) : known.get(known.size() - 1);
    List<KeyRange> ranges = new ArrayList<>();
    int number = open.number();
    @Nullable SaveKey after = open.after();
    while (true) {
      @Nullable SaveKey from = after;
      @Nullable SaveKey upTo =
          ranges.size() + 1 >= most
              ? null
              : Retry.retrying(() -> Optional.ofNullable(sums.keyAfter(from, null, size)))
                  .orElse(null);
      ranges.add(new KeyRange(number++, from, upTo));
      if (upTo == null) {
        return ranges;
      }
      after = upTo;
    }
  }

  /** Enters in the ledger that these keys are in a range. */
  public void assign(Collection<SaveKey> keys, int range) throws SQLException {
    if (keys.isEmpty() || range == KeyRange.NONE) {
      return;
    }
    FencedTransaction.run(lock, target, c -> RangeTable.assign(c, source.name(), keys, range));
  }
}
