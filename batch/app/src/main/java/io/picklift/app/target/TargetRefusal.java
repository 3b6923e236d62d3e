package io.picklift.app.target;

import com.mysql.cj.exceptions.MysqlErrorNumbers;
import io.picklift.app.bulk.RowTooLongException;
import io.picklift.app.database.ServerErrors;
import io.picklift.app.decode.Refusal;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the server says about a row that it does not take, without the row's values. */
public final class TargetRefusal {
  /** How the message about a duplicate ends; MySQL has the table's name ahead. */
  private static final Pattern INDEX = Pattern.compile("for key '(?:[^'.]*\\.)?([^'.]+)'$");

  /** MariaDB has a CHECK for each JSON column, under the column's name. */
  private static final Pattern CHECK = Pattern.compile("^CONSTRAINT `([^`]+)` failed");

  private TargetRefusal() {}

  /**
   * Data exceptions, constraint violations, a packet too large; not a full disk or a missing table.
   */
  public static boolean isAboutData(SQLException e) {
    return !ServerErrors.isTransient(e) && ServerErrors.isAboutData(e);
  }

  /** Why it was refused. */
  public static Refusal of(SQLException e) {
    if (e instanceof RowTooLongException) {
      return Refusal.byTarget(
          MysqlErrorNumbers.ER_NET_PACKET_TOO_LARGE, String.valueOf(e.getMessage()));
    }
    if (ServerErrors.isTooLong(e)) {
      return Refusal.byTarget(
          e.getErrorCode(),
          "a row of it is longer than the target's max_allowed_packet lets a statement be");
    }
    Matcher check = CHECK.matcher(String.valueOf(e.getMessage()));
    if (check.find()) {
      return Refusal.byTarget(
          e.getErrorCode(),
          "the target refused a row by its CHECK on "
              + check.group(1)
              + "; if that is JSON, MariaDB takes no more than 32 levels");
    }
    return Refusal.byTarget(
        e.getErrorCode(),
        "the target refused a row: error "
            + e.getErrorCode()
            + ", SQLSTATE "
            + e.getSQLState()
            + index(e));
  }

  /** Which index says no to a value that is there already: its name alone, never the value. */
  private static String index(SQLException e) {
    Matcher name = INDEX.matcher(String.valueOf(e.getMessage()));
    return ServerErrors.isDuplicate(e) && name.find() ? ", index " + name.group(1) : "";
  }
}
