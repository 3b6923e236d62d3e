package io.picklift.app.sum;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A sum over rows: how many there are, and the four quarters of all their hashes, combined by
 * exclusive or. Sums of parts add up to the sum of all, in any order.
 */
public record RowSum(long rows, long first, long second, long third, long fourth) {
  /** Of no rows. */
  public static final RowSum NONE = new RowSum(0, 0, 0, 0, 0);

  /** What {@link RowHash#sum} selected, beginning with this column. */
  public static RowSum read(ResultSet row, int column) throws SQLException {
    return new RowSum(
        row.getLong(column),
        quarter(row, column + 1),
        quarter(row, column + 2),
        quarter(row, column + 3),
        quarter(row, column + 4));
  }

  /** The server's number has no sign and may be too large for a long. */
  private static long quarter(ResultSet row, int column) throws SQLException {
    return Long.parseUnsignedLong(row.getString(column));
  }

  public RowSum plus(RowSum other) {
    return new RowSum(
        rows + other.rows,
        first ^ other.first,
        second ^ other.second,
        third ^ other.third,
        fourth ^ other.fourth);
  }
}
