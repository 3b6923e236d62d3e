package io.picklift.app.restore;

import io.picklift.app.database.Retry;
import io.picklift.app.estimate.RangeSizes;
import io.picklift.app.source.ProgressListener;
import io.picklift.app.workers.scan.ScanRange;
import io.picklift.app.workers.scan.SharedScan;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/** A restore into a table, as the coordinator has it whose workers write the BLOBs. */
final class SharedRestore {
  private static final int MOST_RANGES = 1_024;

  /** Ranges are put together from smaller ones, to have about as many rows each. */
  private static final int PIECES = 4;

  private static final int SAMPLED = 4;

  private final SharedScan scan;
  private final DataSource target;
  private final String source;

  /** Some saves that follow one another, and about how many rows each of them has. */
  private record Piece(long upTo, long weight) {}

  SharedRestore(SharedScan scan, DataSource target, String source) {
    this.scan = scan;
    this.target = target;
    this.source = source;
  }

  /**
   * Has workers restore all saves.
   *
   * @param about what has to be the same to go on with what is restored already
   * @param isAnew whether the table has nothing of it
   * @return null where it was told to leave the rest
   */
  @org.jspecify.annotations.Nullable
  RestoreSummary run(
      String table,
      String about,
      boolean isAnew,
      RestoreSummary.Failures failures,
      ProgressListener progress,
      BooleanSupplier isOver)
      throws SQLException, IOException {
    if (isAnew) {
      scan.forget();
    }
    SharedScan.Plan plan =
        new SharedScan.Plan(
            RestoreScan.STEP,
            source,
            about,
            Map.of(RestoreScan.TABLE, table),
            () -> Retry.connected(target, this::ranges));
    progress.done(scan.begin(plan));
    if (!scan.run(plan, progress, isOver)) {
      return null;
    }
    RestoreTally tally = new RestoreTally(RestoreSummary.NOTHING, failures);
    scan.results(
        text -> {
          PartRestore.Result result = RestoreScan.JSON.readValue(text, PartRestore.Result.class);
          tally.add(result.summary());
          result.failures().forEach(one -> failures.add(one.key(), one.finding()));
        });
    return tally.summary();
  }

  /** All is told. */
  void done() throws SQLException {
    scan.forget();
  }

  private long number(Connection connection, String sql, long other) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : other;
      }
    }
  }

  private List<ScanRange> ranges(Connection connection) throws SQLException {
    long saves =
        number(
            connection,
            "SELECT COUNT(*) FROM picklift_save WHERE source_table = ? AND status <> 'deleted'",
            0);
    int groups = (int) Math.max(1, Math.min(MOST_RANGES, saves / scan.leastSaves()));
    long step = Math.max(1, saves / ((long) groups * PIECES));
    List<Piece> pieces = pieces(connection, step, groups * PIECES);
    long[] weights = pieces.stream().mapToLong(Piece::weight).toArray();
    List<ScanRange> ranges = new ArrayList<>();
    int first = 0;
    List<Integer> ends = RangeSizes.groups(weights, groups);
    for (int end : ends) {
      boolean isLast = end == pieces.size();
      ranges.add(
          ScanRange.of(
              first == 0 ? null : Long.toString(pieces.get(first - 1).upTo()),
              isLast ? null : Long.toString(pieces.get(end - 1).upTo()),
              first * step));
      first = end;
    }
    return ranges;
  }

  private List<Piece> pieces(Connection connection, long step, int most) throws SQLException {
    String next =
        """
        SELECT save_id FROM picklift_save
        WHERE source_table = ? AND status <> 'deleted' AND save_id > %d
        ORDER BY save_id LIMIT 1 OFFSET %d
        """;
    String weight =
        """
        SELECT COALESCE(AVG(row_count), 0) + 1 FROM (
          SELECT a.row_count FROM picklift_save s JOIN picklift_archive a ON a.save_id = s.save_id
          WHERE s.source_table = ? AND s.save_id > %d ORDER BY s.save_id LIMIT %d) sampled
        """;
    List<Piece> pieces = new ArrayList<>();
    long last = -1;
    while (last < Long.MAX_VALUE) {
      long upTo =
          pieces.size() == most - 1
              ? Long.MAX_VALUE
              : number(connection, next.formatted(last, step - 1), Long.MAX_VALUE);
      pieces.add(new Piece(upTo, number(connection, weight.formatted(last, SAMPLED), 1)));
      last = upTo;
    }
    return pieces;
  }
}
