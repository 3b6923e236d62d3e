package io.picklift.app.follow.log;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A statement that the log has as text, and what it means to who follows one table.
 *
 * @param kind what is to be done about it
 * @param xid the transaction of an XA statement; null for another
 */
record Statement(Kind kind, @Nullable String xid) {
  /** What a statement means. */
  enum Kind {
    BEGIN,
    COMMIT,
    ROLLBACK,
    XA_COMMIT,
    XA_ROLLBACK,
    /** Within a transaction, and without effect on which rows are read again. */
    PASSING,
    /** Ends its own transaction, and does not concern the table. */
    ELSEWHERE,
    /** Changes rows, and no row events tell which. */
    ROWS_UNTOLD,
    /** Changes the table, or its schema, itself. */
    TABLE_CHANGED
  }

  private static final Pattern COMMENT =
      Pattern.compile("^(?:\\s+|/\\*(?!!).*?\\*/|--[^\\n]*\\n|#[^\\n]*\\n)+", Pattern.DOTALL);
  private static final Pattern XID = Pattern.compile("X'([0-9a-fA-F]*)',X'([0-9a-fA-F]*)',(\\d+)");
  private static final Pattern HARMLESS =
      Pattern.compile(
          "^(?:GRANT|REVOKE|SET|FLUSH|ANALYZE|OPTIMIZE|CHECK|"
              + "(?:CREATE|ALTER|DROP)\\s+(?:OR\\s+REPLACE\\s+)?"
              + "(?:USER|ROLE|SERVER|FUNCTION|PROCEDURE|EVENT|RESOURCE|"
              + "DEFINER|AGGREGATE|SQL\\s+SECURITY|ALGORITHM|VIEW|TRIGGER)|"
              + "DROP\\s+(?:/\\*!\\d+\\s+)?TEMPORARY|CREATE\\s+TEMPORARY)\\b.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern ROWS =
      Pattern.compile(
          "^(?:INSERT|REPLACE|UPDATE|DELETE|LOAD|CALL|WITH|SELECT|DO)\\b.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static Statement of(Kind kind) {
    return new Statement(kind, null);
  }

  /**
   * Judges.
   *
   * @param schema the schema in which it was executed
   */
  static Statement of(String sql, String schema, TableLayout layout) {
    String text = COMMENT.matcher(sql).replaceFirst("").strip();
    String word = text.toUpperCase(Locale.ROOT);
    if (word.equals("BEGIN")
        || word.startsWith("START TRANSACTION")
        || word.startsWith("XA START")) {
      return of(Kind.BEGIN);
    }
    if (word.equals("COMMIT")) {
      return of(Kind.COMMIT);
    }
    if (word.equals("ROLLBACK")) {
      return of(Kind.ROLLBACK);
    }
    if (word.startsWith("SAVEPOINT")
        || word.startsWith("ROLLBACK TO")
        || word.startsWith("RELEASE SAVEPOINT")
        || word.startsWith("XA END")) {
      return of(Kind.PASSING);
    }
    if (word.startsWith("XA COMMIT") || word.startsWith("XA ROLLBACK")) {
      Matcher xid = XID.matcher(text);
      String found =
          xid.find() ? xid(xid.group(1), xid.group(2), Long.parseLong(xid.group(3))) : "";
      return new Statement(word.startsWith("XA COMMIT") ? Kind.XA_COMMIT : Kind.XA_ROLLBACK, found);
    }
    if (HARMLESS.matcher(text).matches()) {
      return of(Kind.ELSEWHERE);
    }
    if (ROWS.matcher(text).matches()) {
      return of(Kind.ROWS_UNTOLD);
    }
    return of(isAbout(text, schema, layout) ? Kind.TABLE_CHANGED : Kind.ELSEWHERE);
  }

  /** How an XA transaction is named here. */
  static String xid(String gtrid, String bqual, long format) {
    return gtrid.toLowerCase(Locale.ROOT) + "," + bqual.toLowerCase(Locale.ROOT) + "," + format;
  }

  /** Whether a statement may concern the table: rather once too often. */
  private static boolean isAbout(String text, String schema, TableLayout layout) {
    boolean isSchema = has(text, layout.schema());
    boolean isTable = has(text, layout.table());
    boolean isWhole = text.matches("(?is)^(?:ALTER|DROP|CREATE)\\s+(?:DATABASE|SCHEMA)\\b.*");
    return isWhole ? isSchema : isTable && (isSchema || schema.equalsIgnoreCase(layout.schema()));
  }

  /** Whether a statement names something. */
  static boolean has(String text, String name) {
    return Pattern.compile(
            "(?<![\\w$])" + Pattern.quote(name.replace("`", "``")) + "(?![\\w$])",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
        .matcher(text)
        .find();
  }
}
