package io.picklift.app.operate;

import com.mysql.cj.exceptions.MysqlErrorNumbers;
import io.picklift.app.account.LedgerReport;
import io.picklift.app.account.RunTable;
import io.picklift.app.control.ControlTable;
import io.picklift.app.control.Orders;
import io.picklift.app.decode.DecodeNotes;
import io.picklift.app.decode.StrayBytes;
import io.picklift.app.lock.TargetLock;
import io.picklift.app.target.Ledger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the status of a target; needs SELECT alone. */
public final class StatusQuery {
  private static final int MOST_RUNS = 10;
  private static final List<String> COUNTS =
      List.of(
          "source_rows",
          "added",
          "replaced",
          "unchanged",
          "quarantined",
          "changed_since",
          "left_alone",
          "ledger_rows",
          "ledger_known",
          "ledger_deleted",
          "ledger_out_of_scope",
          "ledger_held_back",
          "ledger_owned");

  private final Connection connection;

  private StatusQuery(Connection connection) {
    this.connection = connection;
  }

  /**
   * Asks.
   *
   * @param place the target, as messages name it
   */
  public static TargetStatus read(Connection connection, String place) throws SQLException {
    StatusQuery query = new StatusQuery(connection);
    Map<String, Map<String, Long>> ledger = query.ledger();
    TargetStatus.Lock lock = query.lock();
    Orders orders = ControlTable.read(connection);
    Map<String, DecodeNotes> decoded = query.decoded(ledger.keySet());
    return new TargetStatus(
        place,
        query.now(),
        lock,
        orders != null && orders.isPaused(),
        real(query.runs(), lock != null),
        query.lag(),
        ledger,
        query.quarantine(),
        query.disagreements(),
        stray(decoded),
        suspected(decoded),
        query.base(),
        query.following());
  }

  /** One run at a time works on a target, under its lock: any other that says so was killed. */
  private static List<TargetStatus.Run> real(List<TargetStatus.Run> runs, boolean isLocked) {
    List<TargetStatus.Run> real = new ArrayList<>();
    for (TargetStatus.Run run : runs) {
      boolean isUnderWay = isLocked && real.isEmpty();
      real.add(run.status().equals("running") && !isUnderWay ? run.killed() : run);
    }
    return real;
  }

  private Map<String, Long> lag() throws SQLException {
    return numbers(
        """
        SELECT source_table, TIMESTAMPDIFF(SECOND, MAX(began), UTC_TIMESTAMP(6))
        FROM picklift_run WHERE %s
        GROUP BY source_table ORDER BY source_table
        """
            .formatted(RunTable.CAUGHT_UP));
  }

  /** The rows of a query that gives a text and a number; none where its table is not there. */
  private Map<String, Long> numbers(String sql) throws SQLException {
    Map<String, Long> found =
        ask(
            sql,
            row -> {
              Map<String, Long> numbers = new LinkedHashMap<>();
              while (row.next()) {
                numbers.put(row.getString(1), row.getLong(2));
              }
              return numbers;
            });
    return found == null ? Map.of() : found;
  }

  private interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** What a query gives; null where its table is not there, as in a target of an earlier build. */
  private <T> @Nullable T ask(String sql, Reader<T> reader) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return reader.read(row);
    } catch (SQLException e) {
      if (e.getErrorCode() == MysqlErrorNumbers.ER_NO_SUCH_TABLE) {
        return null;
      }
      throw e;
    }
  }

  private String now() throws SQLException {
    String now =
        ask(
            "SELECT CAST(UTC_TIMESTAMP() AS CHAR)",
            row -> {
              row.next();
              return row.getString(1);
            });
    return String.valueOf(now);
  }

  private Map<String, Map<String, Long>> ledger() throws SQLException {
    String owned = Ledger.ownedIn(connection);
    Map<String, Map<String, Long>> found =
        ask(
            """
        SELECT source_table, IF(%s, 'owned by the tables', status) AS what, COUNT(*)
        FROM picklift_save GROUP BY source_table, what ORDER BY source_table, what
        """
                .formatted(owned),
            row -> {
              Map<String, Map<String, Long>> ledger = new LinkedHashMap<>();
              while (row.next()) {
                ledger
                    .computeIfAbsent(row.getString(1), source -> new LinkedHashMap<>())
                    .put(row.getString(2), row.getLong(3));
              }
              return ledger;
            });
    return found == null ? Map.of() : found;
  }

  private Map<String, Long> quarantine() throws SQLException {
    return numbers(
        """
        SELECT reason, COUNT(*) FROM picklift_quarantine
        GROUP BY reason ORDER BY COUNT(*) DESC, reason
        """);
  }

  private TargetStatus.@Nullable Base base() throws SQLException {
    TargetStatus.Base base =
        ask(
            "SELECT COUNT(*), COALESCE(SUM(packed_bytes), 0) FROM picklift_base",
            row -> {
              row.next();
              return new TargetStatus.Base(row.getLong(1), row.getLong(2));
            });
    return base == null || base.saves() == 0 ? null : base;
  }

  private Map<String, Long> disagreements() throws SQLException {
    return numbers(
        """
        SELECT column_name, COUNT(*) FROM picklift_disagreement
        GROUP BY column_name ORDER BY COUNT(*) DESC, column_name
        """);
  }

  private Map<String, DecodeNotes> decoded(Collection<String> sources) throws SQLException {
    Map<String, DecodeNotes> all = new LinkedHashMap<>();
    for (String source : sources) {
      all.put(source, LedgerReport.notes(connection, source));
    }
    return all;
  }

  private static Map<String, StrayBytes> stray(Map<String, DecodeNotes> decoded) {
    Map<String, StrayBytes> stray = new LinkedHashMap<>();
    decoded.forEach(
        (source, notes) -> {
          if (notes.stray().saves() > 0) {
            stray.put(source, notes.stray());
          }
        });
    return stray;
  }

  private static Map<String, Map<String, Long>> suspected(Map<String, DecodeNotes> decoded) {
    Map<String, Map<String, Long>> suspected = new LinkedHashMap<>();
    decoded.forEach(
        (source, notes) -> {
          if (!notes.suspected().isEmpty()) {
            suspected.put(source, notes.suspected());
          }
        });
    return suspected;
  }

  private List<TargetStatus.Following> following() throws SQLException {
    List<TargetStatus.Following> sources =
        ask(
            """
            SELECT f.source_table, f.state, COALESCE(f.gtids, CONCAT(f.log_file, ':', f.log_offset)),
              f.pending_keys, f.lag_seconds, f.lag_transactions,
              (SELECT COUNT(*) FROM picklift_follow_held h JOIN picklift_save s USING (save_id)
               WHERE s.source_table = f.source_table),
              TIMESTAMPDIFF(SECOND, f.heard, UTC_TIMESTAMP(6))
            FROM picklift_follow f ORDER BY f.source_table
            """,
            row -> {
              List<TargetStatus.Following> all = new ArrayList<>();
              while (row.next()) {
                long silent = row.getLong(8);
                Long known = row.wasNull() ? null : silent;
                all.add(
                    new TargetStatus.Following(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7),
                        known));
              }
              return all;
            });
    return sources == null ? List.of() : sources;
  }

  private List<TargetStatus.Run> runs() throws SQLException {
    String sql =
        """
        SELECT r.*, CAST(r.began AS CHAR(19)) AS began_text, CAST(r.ended AS CHAR(19)) AS ended_text,
          TIMESTAMPDIFF(MICROSECOND, r.began, COALESCE(r.ended, UTC_TIMESTAMP(6))) / 1000000 AS seconds,
          (SELECT COUNT(*) FROM picklift_save s WHERE s.source_table = r.source_table
            AND s.last_written >= r.began AND s.last_written <= COALESCE(r.ended, UTC_TIMESTAMP(6))) AS written
        FROM picklift_run r ORDER BY r.run_id DESC LIMIT %d
        """
            .formatted(MOST_RUNS);
    List<TargetStatus.Run> runs = ask(sql, StatusQuery::runs);
    return runs == null ? List.of() : runs;
  }

  private static List<TargetStatus.Run> runs(ResultSet row) throws SQLException {
    List<TargetStatus.Run> runs = new ArrayList<>();
    while (row.next()) {
      Map<String, Long> counts = new LinkedHashMap<>();
      for (String name : COUNTS) {
        long count = row.getLong(name);
        if (!row.wasNull()) {
          counts.put(name, count);
        }
      }
      runs.add(
          new TargetStatus.Run(
              row.getLong("run_id"),
              row.getString("source_table"),
              row.getString("command"),
              row.getString("status"),
              row.getString("began_text"),
              row.getString("ended_text"),
              row.getDouble("seconds"),
              row.getLong("written"),
              counts));
    }
    return runs;
  }

  private TargetStatus.@Nullable Lock lock() throws SQLException {
    long id;
    try (PreparedStatement select = connection.prepareStatement("SELECT IS_USED_LOCK(?)")) {
      select.setString(1, TargetLock.name(connection.getCatalog()));
      try (ResultSet row = select.executeQuery()) {
        row.next();
        id = row.getLong(1);
        if (row.wasNull()) {
          return null;
        }
      }
    }
    TargetStatus.Lock lock =
        ask(
            """
            SELECT host, process_id, CAST(since AS CHAR(19)),
              TIMESTAMPDIFF(SECOND, heartbeat, UTC_TIMESTAMP(6))
            FROM picklift_lock WHERE connection_id = %d
            """
                .formatted(id),
            row ->
                row.next()
                    ? new TargetStatus.Lock(
                        id, row.getString(1), row.getLong(2), row.getString(3), row.getLong(4))
                    : new TargetStatus.Lock(id, null, null, null, null));
    return lock == null ? new TargetStatus.Lock(id, null, null, null, null) : lock;
  }
}
