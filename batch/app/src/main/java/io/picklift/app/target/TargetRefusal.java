package io.picklift.app.target;

import com.mysql.cj.jdbc.exceptions.PacketTooBigException;
import io.picklift.app.database.Retry;
import io.picklift.app.decode.Refusal;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the server says about a row that it does not take, without the row's values. */
final class TargetRefusal {
  private static final int DUPLICATE = 1062;

  /** A CHECK (MySQL), a bad character, a row that is too long: their SQLSTATE says nothing. */
  private static final Set<Integer> ABOUT_DATA = Set.of(3819, 1366, 1118);

  /** How the message about a duplicate ends; MySQL has the table's name ahead. */
  private static final Pattern INDEX = Pattern.compile("for key '(?:[^'.]*\\.)?([^'.]+)'$");

  private TargetRefusal() {}

  /**
   * Data exceptions, constraint violations, a packet too large; not a full disk or a missing table.
   */
  static boolean isAboutData(SQLException e) {
    if (e instanceof PacketTooBigException) {
      return true;
    }
    String state = String.valueOf(e.getSQLState());
    return !Retry.isTransient(e)
        && (state.startsWith("22")
            || state.startsWith("23")
            || ABOUT_DATA.contains(e.getErrorCode()));
  }

  static Refusal of(SQLException e) {
    if (e instanceof PacketTooBigException) {
      return Refusal.byTarget(
          e.getErrorCode(),
          "a row of it is longer than the target's max_allowed_packet lets a statement be");
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
    return e.getErrorCode() == DUPLICATE && name.find() ? ", index " + name.group(1) : "";
  }
}
