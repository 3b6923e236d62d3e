package io.picklift.app.database;

import com.mysql.cj.exceptions.MysqlErrorNumbers;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of MySQL's and MariaDB's error codes. All codes that Picklift knows are in this
 * class.
 */
public final class ServerErrors {
  private static final int MARIADB_CONNECTION_KILLED = 1927;
  private static final int MYSQL_IDLE_TOO_LONG = 4031;
  private static final int MARIADB_NO_SUCH_ACCOUNT = 1698;
  private static final int MARIADB_CHECK = 4025;
  private static final int MYSQL_LOCKED = 3572;
  private static final int MYSQL_CHECK = 3819;

  private static final int TRIGGER_TAKES_SUPER = 1419;

  private static final int DISK_FULL = 1021;

  /** What MySQL says where there is no room for a new table. */
  private static final int DISK_FULL_AT_CREATE = 3230;

  /** The same, of the file that the table is to be in. */
  private static final int DISK_FULL_AT_TABLESPACE = 3675;

  /**
   * Error writing a file, "No space left on device" among them, as the servers' file layer says.
   */
  private static final int FILE_NOT_WRITTEN = 3;

  /** MariaDB's, where a row that is to be locked changed after the transaction's snapshot began. */
  private static final int CHANGED_SINCE_SNAPSHOT = MysqlErrorNumbers.ER_CHECKREAD;

  private static final Set<Integer> UNDONE =
      Set.of(
          CHANGED_SINCE_SNAPSHOT,
          MysqlErrorNumbers.ER_LOCK_DEADLOCK,
          MysqlErrorNumbers.ER_LOCK_WAIT_TIMEOUT,
          MysqlErrorNumbers.ER_QUERY_INTERRUPTED);

  private static final Set<Integer> LOST =
      Set.of(
          MysqlErrorNumbers.ER_SERVER_SHUTDOWN,
          MysqlErrorNumbers.ER_CON_COUNT_ERROR,
          MARIADB_CONNECTION_KILLED,
          MYSQL_IDLE_TOO_LONG);

  private static final Set<Integer> FULL =
      Set.of(
          DISK_FULL,
          DISK_FULL_AT_CREATE,
          DISK_FULL_AT_TABLESPACE,
          MysqlErrorNumbers.ER_RECORD_FILE_FULL,
          FILE_NOT_WRITTEN);

  /** What a trigger that gives no other state is told by. */
  private static final String SIGNAL = "45000";

  private static final String CLOSED = "Connection is closed";

  private ServerErrors() {}

  /** Whether the same work may succeed when it is done again. */
  public static boolean isTransient(SQLException e) {
    return !isTooLong(e) && (isUndone(e) || isLost(e) || isFull(e));
  }

  /** A deadlock, a lock timeout, a statement that someone stopped: the server undid the work. */
  public static boolean isUndone(SQLException e) {
    return UNDONE.contains(e.getErrorCode());
  }

  /** Whether something that was asked for at once is locked by another transaction. */
  public static boolean isLocked(SQLException e) {
    return isUndone(e) || e.getErrorCode() == MYSQL_LOCKED;
  }

  /** Whether there is no connection any more; the pool says so of one that it took away. */
  public static boolean isLost(SQLException e) {
    return LOST.contains(e.getErrorCode())
        || String.valueOf(e.getSQLState()).startsWith("08")
        || (e instanceof SQLTransientException && !isUndone(e))
        || (e.getSQLState() == null && CLOSED.equals(e.getMessage()));
  }

  /** Whether the server's disk is full. */
  public static boolean isFull(SQLException e) {
    return FULL.contains(e.getErrorCode());
  }

  /** Whether a value is there already that may be there once. */
  public static boolean isDuplicate(SQLException e) {
    return e.getErrorCode() == MysqlErrorNumbers.ER_DUP_ENTRY;
  }

  /**
   * Data exceptions, constraint violations, a packet that is too large: the server refuses one
   * save, and would take others.
   */
  public static boolean isAboutData(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.startsWith("22")
        || state.startsWith("23")
        || e.getErrorCode() == MYSQL_CHECK
        || e.getErrorCode() == MARIADB_CHECK
        || e.getErrorCode() == MysqlErrorNumbers.ER_TRUNCATED_WRONG_VALUE_FOR_FIELD
        || e.getErrorCode() == MysqlErrorNumbers.ER_TOO_BIG_ROWSIZE
        || isTooLong(e);
  }

  /** Whether a row was refused for what it has, by a trigger of the table among others. */
  public static boolean isRowRefused(SQLException e) {
    return !isTransient(e) && (isAboutData(e) || isSignal(e));
  }

  /** Whether a trigger or procedure said it, in words of its own. */
  public static boolean isSignal(SQLException e) {
    return e.getErrorCode() == MysqlErrorNumbers.ER_SIGNAL_EXCEPTION
        || SIGNAL.equals(e.getSQLState());
  }

  /**
   * Whether a statement, or a value of a prepared one, is longer than {@code max_allowed_packet}.
   */
  public static boolean isTooLong(SQLException e) {
    return e.getErrorCode() == MysqlErrorNumbers.ER_NET_PACKET_TOO_LARGE
        || (e.getErrorCode() == MysqlErrorNumbers.ER_UNKNOWN_ERROR
            && String.valueOf(e.getMessage()).contains("mysql_send_long_data"))
        || e instanceof com.mysql.cj.jdbc.exceptions.PacketTooBigException;
  }

  static boolean isAccessDenied(SQLException e) {
    return e.getErrorCode() == MysqlErrorNumbers.ER_ACCESS_DENIED_ERROR
        || e.getErrorCode() == MARIADB_NO_SUCH_ACCOUNT;
  }

  static boolean isDatabaseDenied(SQLException e) {
    return e.getErrorCode() == MysqlErrorNumbers.ER_DBACCESS_DENIED_ERROR;
  }

  static boolean isUnknownDatabase(SQLException e) {
    return e.getErrorCode() == MysqlErrorNumbers.ER_BAD_DB_ERROR;
  }

  /** Whether the account lacks a right. */
  public static boolean isDenied(SQLException e) {
    return Set.of(
            MysqlErrorNumbers.ER_TABLEACCESS_DENIED_ERROR,
            MysqlErrorNumbers.ER_COLUMNACCESS_DENIED_ERROR,
            MysqlErrorNumbers.ER_SPECIFIC_ACCESS_DENIED_ERROR,
            MysqlErrorNumbers.ER_DBACCESS_DENIED_ERROR)
        .contains(e.getErrorCode());
  }

  /** Whether an account may make no trigger since the server has a binary log. */
  public static boolean isTriggerRefused(SQLException e) {
    return e.getErrorCode() == TRIGGER_TAKES_SUPER;
  }

  /** The SQL error that a failure comes from; null where it comes from something else. */
  public static @Nullable SQLException sql(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }
}
