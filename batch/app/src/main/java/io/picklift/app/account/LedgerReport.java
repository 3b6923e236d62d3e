package io.picklift.app.account;

import com.mysql.cj.exceptions.MysqlErrorNumbers;
import io.picklift.app.decode.DecodeNotes;
import io.picklift.app.decode.Refusal;
import io.picklift.app.decode.StrayBytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the numbers of a run's summary from the ledger: what was committed, not what the run's own
 * steps counted.
 */
public final class LedgerReport {
  private static final int MOST_LISTED = 1_000;

  private final Connection connection;
  private final String source;

  public LedgerReport(Connection connection, String source) {
    this.connection = connection;
    this.source = source;
  }

  /** The target's time, to begin a run with. */
  public static String now(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT CAST(UTC_TIMESTAMP(6) AS CHAR)")) {
      row.next();
      return row.getString(1);
    }
  }

  /** Quarantined saves by reason, the most frequent first. */
  public Map<String, Long> quarantinedByReason() throws SQLException {
    String sql =
        """
        SELECT q.reason, COUNT(*)
        FROM picklift_quarantine q JOIN picklift_save s ON s.save_id = q.save_id
        WHERE s.source_table = ?
        GROUP BY q.reason ORDER BY COUNT(*) DESC, q.reason
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      Map<String, Long> reasons = new LinkedHashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          reasons.put(row.getString(1), row.getLong(2));
        }
      }
      return reasons;
    }
  }

  /** The quarantined saves, up to a thousand, by reason and key. */
  public List<RunSummary.QuarantinedSave> quarantined() throws SQLException {
    String sql =
        """
        SELECT s.source_key, q.reason, q.code, q.message, COALESCE(q.byte_offset, -1),
          COALESCE(q.opcode, ''), COALESCE(q.path, ''), COALESCE(q.names, '')
        FROM picklift_quarantine q JOIN picklift_save s ON s.save_id = q.save_id
        WHERE s.source_table = ?
        ORDER BY q.reason, s.source_key LIMIT %d
        """
            .formatted(MOST_LISTED);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      List<RunSummary.QuarantinedSave> saves = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          saves.add(
              new RunSummary.QuarantinedSave(
                  row.getString(1),
                  new Refusal(
                      row.getString(2),
                      row.getString(3),
                      row.getString(4),
                      row.getLong(5),
                      row.getString(6),
                      row.getString(7),
                      row.getString(8).lines().toList())));
        }
      }
      return saves;
    }
  }

  /**
   * The values of all migrated saves: all, those in the tables, those that their column could not
   * hold.
   */
  public static RunSummary.Values values(Connection connection, String source) throws SQLException {
    String sql =
        """
        SELECT COALESCE(SUM(value_count), 0), COALESCE(SUM(table_value_count), 0),
          COALESCE(SUM(unfit_value_count), 0)
        FROM picklift_archive a JOIN picklift_save s FORCE INDEX (PRIMARY) ON s.save_id = a.save_id
        WHERE s.source_table = ? AND s.status = 'migrated'
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return new RunSummary.Values(
            row.getLong(1), row.getLong(2), row.getLong(3), unfit(connection, source));
      }
    }
  }

  /**
   * What is to be known of the pickles of all migrated saves; nothing where an earlier build made
   * the target, and it was only read since.
   */
  public static DecodeNotes notes(Connection connection, String source) throws SQLException {
    String sql =
        """
        SELECT IF(encodings LIKE '%?', encodings, '') AS suspected, COUNT(*),
          COALESCE(SUM(trailing_bytes > 0), 0), COALESCE(SUM(trailing_bytes), 0)
        FROM picklift_save FORCE INDEX (PRIMARY)
        WHERE source_table = ? AND status = 'migrated'
          AND (trailing_bytes > 0 OR encodings LIKE '%?')
        GROUP BY suspected
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      long saves = 0;
      long bytes = 0;
      Map<String, Long> suspected = new LinkedHashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          String damage = DecodeNotes.suspectedIn(row.getString(1));
          if (!damage.isEmpty()) {
            suspected.merge(damage, row.getLong(2), Long::sum);
          }
          saves += row.getLong(3);
          bytes += row.getLong(4);
        }
      }
      return new DecodeNotes(new StrayBytes(saves, bytes), suspected);
    } catch (SQLException e) {
      if (e.getErrorCode() == MysqlErrorNumbers.ER_BAD_FIELD_ERROR) {
        return DecodeNotes.NONE;
      }
      throw e;
    }
  }

  /** The values of all migrated saves that their column could not hold, by column. */
  public static Map<String, UnfitValues> unfit(Connection connection, String source)
      throws SQLException {
    String sql =
        """
        SELECT u.column_name, SUM(u.unfit_count), MIN(s.source_key)
        FROM picklift_column_unfit u JOIN picklift_save s ON s.save_id = u.save_id
        WHERE s.source_table = ? AND s.status = 'migrated'
        GROUP BY u.column_name ORDER BY u.column_name
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      Map<String, UnfitValues> totals = new LinkedHashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          totals.put(row.getString(1), new UnfitValues(row.getLong(2), row.getString(3)));
        }
      }
      return totals;
    }
  }
}
