package io.picklift.app.rights;

import io.picklift.app.database.ServerErrors;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a server said that an account may not.
 *
 * @param privileges as GRANT has them, like {@code INSERT, CREATE}; SELECT where the account may
 *     not use the schema at all
 * @param schema empty where the server did not say it
 * @param table empty where it is not about one
 */
record Denial(String privileges, String schema, String table) {
  /** What MySQL calls a SELECT with FOR UPDATE, which takes UPDATE beside SELECT. */
  private static final String LOCKING = "SELECT with locking clause";

  /** MySQL names the table alone, MariaDB the schema as well, in backticks. */
  private static final Pattern ON_TABLE =
      Pattern.compile(
          "^("
              + LOCKING
              + "|[A-Z][A-Z ,]*?) command denied to user .* for (?:column .* in )?table"
              + " (?:'([^']*)'|`([^`]*)`\\.`([^`]*)`)");

  private static final Pattern ON_SCHEMA = Pattern.compile("to database '([^']*)'");

  /** About no table: MySQL lists the privileges of which one would do. */
  private static final Pattern ON_ALL = Pattern.compile("at least one of\\) the (.*) privilege");

  /** What an exception comes from; null where it is not about rights. */
  static @Nullable Denial of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && ServerErrors.isDenied(sql)) {
        return of(String.valueOf(sql.getMessage()));
      }
    }
    return null;
  }

  private static @Nullable Denial of(String message) {
    Matcher table = ON_TABLE.matcher(message);
    if (table.find()) {
      boolean isAlone = table.group(2) != null;
      return new Denial(
          table.group(1).equals(LOCKING) ? "UPDATE" : table.group(1).strip(),
          isAlone ? "" : table.group(3),
          isAlone ? table.group(2) : table.group(4));
    }
    Matcher all = ON_ALL.matcher(message);
    if (all.find()) {
      return new Denial(all.group(1).split(",", -1)[0].strip(), "*", "");
    }
    Matcher schema = ON_SCHEMA.matcher(message);
    return schema.find() ? new Denial("SELECT", schema.group(1), "") : null;
  }

  /** Whether it is about what a server does, and not about a schema. */
  boolean isGlobal() {
    return schema.equals("*");
  }
}
