package io.picklift.app.writeback;

import io.picklift.app.database.ServerErrors;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of the source's table a server names that refuses a row: a column, a CHECK, an index, a
 * foreign key. The rest of its message may have values of the row, so that a name is taken only
 * from where the server puts it, and nothing from a trigger's message.
 */
final class RefusedPlace {
  /** MariaDB names schema and table as well, each in backquotes. */
  private static final Pattern COLUMN =
      Pattern.compile(
          "^(?:Column|Field) '([^']+)' (?:cannot be null|doesn't have a default value)$"
              + "|for column (?:`[^`]+`\\.`[^`]+`\\.)?['`]([^'`]+)['`] at row \\d+$");

  private static final Pattern CHECK =
      Pattern.compile("^Check constraint '([^']+)' is violated|^CONSTRAINT `([^`]+)` failed");

  private static final Pattern INDEX = Pattern.compile("for key '([^']+)'$");

  private static final Pattern FOREIGN_KEY =
      Pattern.compile("a foreign key constraint fails \\(.*, CONSTRAINT `([^`]+)` FOREIGN KEY");

  private RefusedPlace() {}

  /** Its name, like {@code , column level}; empty where the server names nothing. */
  static String of(SQLException e) {
    if (ServerErrors.isSignal(e)) {
      return "";
    }
    String message = String.valueOf(e.getMessage());
    String column = name(COLUMN, message);
    String check = name(CHECK, message);
    String index = name(INDEX, message);
    String foreign = name(FOREIGN_KEY, message);
    if (!column.isEmpty()) {
      return ", column " + column;
    }
    if (!check.isEmpty()) {
      return ", CHECK " + check;
    }
    if (!index.isEmpty()) {
      return ", index " + index;
    }
    return foreign.isEmpty() ? "" : ", foreign key " + foreign;
  }

  private static String name(Pattern pattern, String message) {
    Matcher matcher = pattern.matcher(message);
    if (!matcher.find()) {
      return "";
    }
    boolean isFirst = matcher.groupCount() == 1 || matcher.group(1) != null;
    return String.valueOf(matcher.group(isFirst ? 1 : 2));
  }
}
