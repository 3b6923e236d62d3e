package io.picklift.app.follow.check;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a replica is told to replicate, in the order in which servers ask its rules. */
final class ReplicaFilter {
  private static final String DO = "Replicate_Do_Table";
  private static final String IGNORE = "Replicate_Ignore_Table";
  private static final String WILD_DO = "Replicate_Wild_Do_Table";
  private static final String WILD_IGNORE = "Replicate_Wild_Ignore_Table";

  private ReplicaFilter() {}

  /**
   * The rule that leaves a table out, as {@code NAME=VALUE}.
   *
   * @param row of SHOW REPLICA STATUS
   * @param table with its schema
   * @return null where the table is replicated
   */
  static @Nullable String leavingOut(ResultSet row, String schema, String table)
      throws SQLException {
    String byDatabase = byDatabase(row, schema);
    if (byDatabase != null) {
      return byDatabase;
    }
    if (isNamed(row, DO, table)) {
      return null;
    }
    if (isNamed(row, IGNORE, table)) {
      return shown(row, IGNORE);
    }
    if (isLike(row, WILD_DO, table)) {
      return null;
    }
    if (isLike(row, WILD_IGNORE, table)) {
      return shown(row, WILD_IGNORE);
    }
    // Where rules name what is replicated, all else is not.
    if (!values(row, DO).isEmpty()) {
      return shown(row, DO);
    }
    return values(row, WILD_DO).isEmpty() ? null : shown(row, WILD_DO);
  }

  private static @Nullable String byDatabase(ResultSet row, String schema) throws SQLException {
    String wanted = "Replicate_Do_DB";
    if (!values(row, wanted).isEmpty()) {
      return isNamed(row, wanted, schema) ? null : shown(row, wanted);
    }
    String unwanted = "Replicate_Ignore_DB";
    return isNamed(row, unwanted, schema) ? shown(row, unwanted) : null;
  }

  private static String shown(ResultSet row, String name) throws SQLException {
    return name + "=" + row.getString(name);
  }

  private static List<String> values(ResultSet row, String name) throws SQLException {
    String all = row.getString(name);
    return all == null
        ? List.of()
        : Stream.of(all.split(",", -1)).map(String::strip).filter(one -> !one.isEmpty()).toList();
  }

  private static boolean isNamed(ResultSet row, String name, String wanted) throws SQLException {
    return values(row, name).stream().anyMatch(wanted::equalsIgnoreCase);
  }

  private static boolean isLike(ResultSet row, String name, String wanted) throws SQLException {
    return values(row, name).stream().anyMatch(pattern -> regex(pattern).matcher(wanted).matches());
  }

  /** The pattern of a LIKE. */
  private static Pattern regex(String like) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < like.length(); i++) {
      char c = like.charAt(i);
      if (c == '%') {
        regex.append(".*");
      } else if (c == '_') {
        regex.append('.');
      } else {
        boolean isEscape = c == '\\' && i + 1 < like.length();
        regex.append(Pattern.quote(String.valueOf(isEscape ? like.charAt(++i) : c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }
}
