package io.picklift.app.range;

import io.picklift.app.database.Retry;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import io.picklift.app.sum.RowSum;
import io.picklift.app.throttle.Politeness;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells which ranges of the source are as the ledger has them. For one thread. */
public final class RangeComparison {
  /** So many rows are summed up by a statement, where BLOBs are small. */
  private static final int MOST_ROWS = 1_000;

  private final SaveSource.@Nullable Sums source;
  private final LedgerSums ledger;
  private final Politeness polite;
  private final @Nullable String near;
  private final Runnable check;

  /**
   * @param ledger of the moment
   * @param near by which it was summed up: the least watermark that does not prove its row alone
   * @param check called before each statement; waits as long as is polite
   */
  public RangeComparison(
      SaveSource source,
      LedgerSums ledger,
      @Nullable String near,
      Politeness polite,
      Runnable check) {
    this.near = near;
    this.source = source.sums();
    this.ledger = ledger;
    this.polite = polite;
    this.check = check;
  }

  /**
   * What the ledger has of a range, if each row of it is in the source as it is there; else null.
   */
  public LedgerSums.@Nullable Entry same(KeyRange range) throws SQLException {
    LedgerSums.Entry entry = ledger.of(range);
    SaveSource.Sums rows = source;
    return entry != null && rows != null && sum(rows, range, entry.sum().rows()).equals(entry.sum())
        ? entry
        : null;
  }

  /** Sums up, in several statements where there are more rows than one may take. */
  private RowSum sum(SaveSource.Sums rows, KeyRange range, long expected) throws SQLException {
    RowSum sum = RowSum.NONE;
    @Nullable SaveKey after = range.after();
    while (true) {
      check.run();
      int most = polite.page(MOST_ROWS);
      @Nullable SaveKey from = after;
      @Nullable SaveKey part =
          expected - sum.rows() <= most
              ? null
              : Retry.retrying(() -> Optional.ofNullable(rows.keyAfter(from, range.upTo(), most)))
                  .orElse(null);
      @Nullable SaveKey upTo = part == null ? range.upTo() : part;
      long began = System.nanoTime();
      RowSum more = Retry.retrying(() -> rows.sum(from, upTo, near));
      polite.pageTook((int) more.rows(), MOST_ROWS, true, System.nanoTime() - began);
      sum = sum.plus(more);
      if (part == null || more.rows() == 0) {
        // Rows that were there when the part was cut, and are not now, are not what the ledger has.
        return sum;
      }
      after = part;
    }
  }
}
