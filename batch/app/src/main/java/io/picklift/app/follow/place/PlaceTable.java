package io.picklift.app.follow.place;

import com.mysql.cj.exceptions.MysqlErrorNumbers;
import io.picklift.app.lock.TargetLock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The table {@code picklift_follow}: how far a source's log is in the target. Never commits. */
public final class PlaceTable {
  /** What is done with a place. */
  public enum State {
    /** The first migration runs, and the log is followed from the place after it. */
    MIGRATING,
    /** Source and target are compared, and the log is followed from the place after it. */
    COMPARING,
    /** All before the place is in the target. */
    FOLLOWING;

    String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * A row.
   *
   * @param deleted how many saves were deleted since source and target were last compared
   */
  public record Entry(LogPlace place, State state, long deleted) {}

  private PlaceTable() {}

  /** What is known of a source; null where it was never followed. */
  public static @Nullable Entry find(Connection connection, String source) throws SQLException {
    String sql =
        """
        SELECT server_id, gtids, log_file, log_offset, state, deleted_since FROM picklift_follow
        WHERE source_table = ?
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? new Entry(
                new LogPlace(row.getString(1), row.getString(2), row.getString(3), row.getLong(4)),
                State.valueOf(row.getString(5).toUpperCase(java.util.Locale.ROOT)),
                row.getLong(6))
            : null;
      }
    } catch (SQLException e) {
      if (e.getErrorCode() == MysqlErrorNumbers.ER_NO_SUCH_TABLE) {
        return null;
      }
      throw e;
    }
  }

  /**
   * What was when following last began.
   *
   * @param layout the table's columns
   * @param seen the place before which the pass over the whole source saw all
   */
  public record Begun(String layout, LogPlace seen) {}

  /**
   * Whether whoever has the target follows, and said so since it has it: what an earlier follower
   * entered tells nothing of what this one is going to compare.
   */
  public static boolean isFollowing(Connection connection, String source) throws SQLException {
    String sql =
        """
        SELECT 1 FROM picklift_follow f JOIN picklift_lock l ON l.connection_id = IS_USED_LOCK(?)
        WHERE f.source_table = ? AND f.state = 'following' AND f.heard >= l.since
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, TargetLock.name(connection.getCatalog()));
      select.setString(2, source);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  /** What was when following last began; null where that is not known. */
  public static @Nullable Begun begun(Connection connection, String source) throws SQLException {
    String sql =
        """
        SELECT layout, server_id, seen_gtids, seen_file, seen_offset FROM picklift_follow
        WHERE source_table = ? AND layout IS NOT NULL
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? new Begun(
                row.getString(1),
                new LogPlace(row.getString(2), row.getString(3), row.getString(4), row.getLong(5)))
            : null;
      }
    }
  }

  /** Following begins. */
  public static void begun(Connection connection, String source, Begun begun) throws SQLException {
    String sql =
        """
        UPDATE picklift_follow SET layout = ?, seen_gtids = ?, seen_file = ?, seen_offset = ?
        WHERE source_table = ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, begun.layout());
      update.setString(2, begun.seen().gtids());
      update.setString(3, begun.seen().file());
      update.setLong(4, begun.seen().offset());
      update.setString(5, source);
      update.executeUpdate();
    }
  }

  /** Another state begins, at a place. */
  public static void enter(Connection connection, String source, LogPlace place, State state)
      throws SQLException {
    String sql =
        """
        INSERT INTO picklift_follow
          (source_table, server_id, gtids, log_file, log_offset, state, deleted_since, entered)
        VALUES (?, ?, ?, ?, ?, ?, 0, UTC_TIMESTAMP(6))
        ON DUPLICATE KEY UPDATE server_id = VALUES(server_id), gtids = VALUES(gtids),
          log_file = VALUES(log_file), log_offset = VALUES(log_offset), state = VALUES(state),
          deleted_since = 0, entered = VALUES(entered)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, source);
      insert.setString(2, place.server());
      insert.setString(3, place.gtids());
      insert.setString(4, place.file());
      insert.setLong(5, place.offset());
      insert.setString(6, state.label());
      insert.executeUpdate();
    }
  }

  /**
   * All before a place is in the target. A lag that is not known is at most the last that was, and
   * the time since.
   */
  public static void reached(Connection connection, String source, Reached reached)
      throws SQLException {
    String sql =
        """
        UPDATE picklift_follow SET gtids = ?, log_file = ?, log_offset = ?, pending_keys = ?,
          lag_seconds = COALESCE(?,
            lag_seconds + COALESCE(TIMESTAMPDIFF(SECOND, heard, UTC_TIMESTAMP(6)), 0)),
          lag_transactions = ?, heard = UTC_TIMESTAMP(6)
        WHERE source_table = ? AND state = 'following'
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, reached.place().gtids());
      update.setString(2, reached.place().file());
      update.setLong(3, reached.place().offset());
      update.setLong(4, reached.pending());
      update.setObject(5, reached.lagSeconds());
      update.setLong(6, reached.lagTransactions());
      update.setString(7, source);
      update.executeUpdate();
    }
  }

  /**
   * How far following is.
   *
   * @param pending keys that were seen in the log and are not done
   * @param lagSeconds how old the oldest transaction is that is not done; 0 where all are, null
   *     where that is not known
   * @param lagTransactions how many transactions were read and are not done
   */
  public record Reached(
      LogPlace place, long pending, @Nullable Long lagSeconds, long lagTransactions) {}

  /** Source and target were compared: deletions are counted anew. */
  public static void compared(Connection connection, String source) throws SQLException {
    String sql = "UPDATE picklift_follow SET deleted_since = 0 WHERE source_table = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, source);
      update.executeUpdate();
    }
  }

  /** So many saves more were deleted since source and target were compared. */
  public static void deleted(Connection connection, String source, long more) throws SQLException {
    String sql =
        "UPDATE picklift_follow SET deleted_since = deleted_since + ? WHERE source_table = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, more);
      update.setString(2, source);
      update.executeUpdate();
    }
  }
}
