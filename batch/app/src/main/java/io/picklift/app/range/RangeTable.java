package io.picklift.app.range;

import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import io.picklift.app.source.Sha256;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table {@code picklift_range}, and the ranges of the ledger's rows. Never commits. */
final class RangeTable {
  private static final int AT_A_TIME = 500;

  private final Connection connection;
  private final SaveSource source;
  private final byte[] order;

  /**
   * @param keyOrder as {@link SaveSource.Sums#keyOrder} has it
   */
  RangeTable(Connection connection, SaveSource source, String keyOrder) {
    this.connection = connection;
    this.source = source;
    order = Sha256.of(keyOrder.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The ranges in the order of their keys; none where they do not fit the source's keys any more.
   */
  List<KeyRange> read() throws SQLException {
    String sql =
        """
        SELECT range_no, up_to_key, key_order_sha256 FROM picklift_range
        WHERE source_table = ? ORDER BY range_no
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source.name());
      List<KeyRange> ranges = new ArrayList<>();
      @Nullable SaveKey after = null;
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          String text = row.getString(2);
          @Nullable SaveKey upTo = text == null ? null : SaveKey.of(text, source);
          boolean isKey = text == null || upTo != null;
          if (!isKey || !Arrays.equals(order, row.getBytes(3))) {
            return List.of();
          }
          ranges.add(new KeyRange(row.getInt(1), after, upTo));
          after = upTo;
        }
      }
      return ranges;
    }
  }

  /** Writes ranges in the place of all that there are from the first of them on. */
  void write(List<KeyRange> ranges) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM picklift_range WHERE source_table = ? AND range_no >= ?")) {
      delete.setString(1, source.name());
      delete.setInt(2, ranges.get(0).number());
      delete.executeUpdate();
    }
    for (int from = 0; from < ranges.size(); from += AT_A_TIME) {
      insert(ranges.subList(from, Math.min(ranges.size(), from + AT_A_TIME)));
    }
  }

  private void insert(List<KeyRange> ranges) throws SQLException {
    String sql =
        "INSERT INTO picklift_range (source_table, range_no, up_to_key, key_order_sha256) VALUES "
            + String.join(", ", Collections.nCopies(ranges.size(), "(?, ?, ?, ?)"));
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      int at = 1;
      for (KeyRange range : ranges) {
        SaveKey upTo = range.upTo();
        insert.setString(at++, source.name());
        insert.setInt(at++, range.number());
        insert.setString(at++, upTo == null ? null : upTo.text());
        insert.setBytes(at++, order);
      }
      insert.executeUpdate();
    }
  }

  /** Enters in the ledger that these keys are in a range, where it says otherwise. */
  static int assign(Connection connection, String source, Collection<SaveKey> keys, int number)
      throws SQLException {
    String sql =
        """
        UPDATE picklift_save SET range_no = ?
        WHERE source_table = ? AND key_sha256 IN (%s) AND NOT (range_no <=> ?)
        """
            .formatted(String.join(", ", Collections.nCopies(keys.size(), "?")));
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      int at = 1;
      update.setInt(at++, number);
      update.setString(at++, source);
      for (SaveKey key : keys) {
        update.setBytes(at++, key.sha256());
      }
      update.setInt(at, number);
      return update.executeUpdate();
    }
  }
}
