package io.picklift.app.range;

import io.picklift.app.database.Retry;
import io.picklift.app.sum.RowHash;
import io.picklift.app.sum.RowSum;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger has of each range, summed up by the server. Entries whose row is gone or out of
 * scope are left out, and so are those that lack what belongs to them: the source's sum then
 * differs, and the range is compared row by row.
 */
public final class LedgerSums {
  /** So many rows a statement: it is short, and its hashes stay in the server's memory. */
  private static final int STRETCH = 20_000;

  /** No sums. */
  public static final LedgerSums NONE = new LedgerSums(Map.of());

  private final Map<Integer, Entry> ranges;

  /**
   * Of one range.
   *
   * @param quarantined rows that no save could be made of
   * @param added migrated rows that the run at hand wrote for the first time
   * @param replaced migrated rows that it wrote again
   * @param left rows of saves that the tables own, none of which are counted otherwise
   */
  public record Entry(RowSum sum, long quarantined, long added, long replaced, long left) {
    private Entry plus(Entry other) {
      return new Entry(
          sum.plus(other.sum),
          quarantined + other.quarantined,
          added + other.added,
          replaced + other.replaced,
          left + other.left);
    }

    /** Migrated rows that the run at hand did not write. */
    public long unchanged() {
      return sum.rows() - quarantined - added - replaced - left;
    }
  }

  private LedgerSums(Map<Integer, Entry> ranges) {
    this.ranges = Map.copyOf(ranges);
  }

  /** What there is of a range; null for nothing. */
  public @Nullable Entry of(KeyRange range) {
    return ranges.get(range.number());
  }

  /**
   * Sums up.
   *
   * @param version the SQL of a row's version, as the source's sums have it
   * @param began when the run began, in the target's time
   * @param check called between statements
   */
  public static LedgerSums read(
      DataSource target, String source, String version, String began, Runnable check)
      throws SQLException {
    Map<Integer, Entry> ranges = new HashMap<>();
    String sql = sql(version);
    long after = Long.MIN_VALUE;
    while (true) {
      check.run();
      long from = after;
      long upTo = Retry.retrying(() -> end(target, from));
      Map<Integer, Entry> part =
          Retry.retrying(() -> read(target, sql, new Stretch(source, began, from, upTo)));
      part.forEach((range, entry) -> ranges.merge(range, entry, Entry::plus));
      if (upTo == Long.MAX_VALUE) {
        return new LedgerSums(ranges);
      }
      after = upTo;
    }
  }

  private static long end(DataSource target, long after) throws SQLException {
    String sql =
        "SELECT save_id FROM picklift_save WHERE save_id > ? ORDER BY save_id LIMIT 1 OFFSET "
            + (STRETCH - 1);
    try (Connection connection = target.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, after);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : Long.MAX_VALUE;
      }
    }
  }

  private record Stretch(String source, String began, long after, long upTo) {}

  private static Map<Integer, Entry> read(DataSource target, String sql, Stretch stretch)
      throws SQLException {
    try (Connection connection = target.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, stretch.began());
      select.setString(2, stretch.began());
      select.setString(3, stretch.source());
      select.setLong(4, stretch.after());
      select.setLong(5, stretch.upTo());
      Map<Integer, Entry> ranges = new HashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Entry entry =
              new Entry(
                  RowSum.read(row, 6),
                  row.getLong(2),
                  row.getLong(3),
                  row.getLong(4),
                  row.getLong(5));
          ranges.put(row.getInt(1), entry);
        }
      }
      return ranges;
    }
  }

  private static String sql(String version) {
    String hash = RowHash.of("s.source_key", version, "LOWER(HEX(s.carried_sha256))");
    return """
    SELECT range_no, SUM(is_quarantined AND NOT is_left), SUM(is_written AND is_new AND NOT is_left),
      SUM(is_written AND NOT is_new AND NOT is_left), SUM(is_left), %s
    FROM (
      SELECT s.range_no, s.status = 'quarantined' AS is_quarantined,
        s.status = 'migrated' AND s.last_written >= ? AS is_written, s.first_seen >= ? AS is_new,
        s.owner = 'tables' AS is_left, %s AS h
      FROM picklift_save s FORCE INDEX (PRIMARY)
      LEFT JOIN picklift_archive a ON a.save_id = s.save_id
      LEFT JOIN picklift_quarantine q ON q.save_id = s.save_id
      WHERE s.source_table = ? AND s.save_id > ? AND s.save_id <= ?
        AND s.range_no IS NOT NULL AND s.out_of_scope_at IS NULL
        AND ((s.status = 'migrated' AND a.save_id IS NOT NULL)
          OR (s.status = 'quarantined' AND q.save_id IS NOT NULL))
      %s) picklift
    GROUP BY range_no
    """
        .formatted(RowHash.sum("h"), hash, RowHash.ALL);
  }
}
