package io.picklift.schema.tables.rows;

import io.picklift.schema.mapping.ColumnMapping;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.ScalarKind;
import io.picklift.schema.mapping.SourceColumn;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import org.jspecify.annotations.Nullable;

/**
 * What the server says of a column in its comment: the path that its values come from, and their
 * unit where it is not plain.
 */
final class ColumnComments {
  /** MySQL and MariaDB take 1,024 characters. */
  private static final int LONGEST = 1_000;

  private ColumnComments() {}

  /** A column's comment, as it stands between single quotes. */
  static String of(TableMapping table, StoredColumn column) {
    String text = text(table, column);
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .forEach(
            c -> {
              // MySQL keeps comments in three bytes a character.
              if (c < ' ' || c > Character.MAX_VALUE || Character.isSurrogate((char) c)) {
                escaped.append('?');
              } else {
                // Without backslash escapes in the sql_mode, two of them stand for themselves.
                escaped.append(c == '\'' || c == '\\' ? Character.toString(c) : "");
                escaped.append((char) c);
              }
            });
    return escaped.toString();
  }

  private static String text(TableMapping table, StoredColumn column) {
    ColumnMapping from = column.mapping();
    String path = from == null ? "" : path(from);
    return switch (column.role()) {
      case OWNER -> "ordinal of the row in " + owner(table) + " that holds it";
      case POSITION -> "place in " + container(table) + ", from 0";
      case KEY -> "key in " + container(table);
      case CLASS -> from == null ? "class of the object" : "class of " + path;
      case VALUE, REFERENCE -> from == null ? "" : value(from, path);
      case OFFSET -> "seconds that the clock of " + path + " is ahead of UTC";
      case KIND -> "kind of the value at " + path;
      case DTYPE -> "numpy type of " + path;
      case SHAPE -> "sizes of " + path;
      case UNFIT -> "columns that cannot hold their value";
      case COMPUTED -> "computed by an adapter";
      case SOURCE -> source(column.source());
      case DOCUMENT -> "the row's whole value";
      case GENERATED ->
          column.shown() instanceof StoredColumn.Generated generated
              ? generated.path() + " in " + generated.of()
              : "";
    };
  }

  private static String path(ColumnMapping from) {
    String path = from.path().toString();
    return path.equals(".") ? "the value itself" : path;
  }

  private static String value(ColumnMapping from, String path) {
    StringBuilder text = new StringBuilder(path);
    if (from.references() != null) {
      text.append("; ordinal of the row in ").append(from.references());
    } else if (from.options().isUtc()) {
      text.append("; UTC");
    } else if (from.options().only() == ScalarKind.SPECIAL) {
      text.append("; where it is nan, infinite or -0.0");
    } else if (from.options().only() == ScalarKind.TIMEDELTA && from.comment() == null) {
      text.append("; microseconds");
    }
    if (from.comment() != null) {
      text.append("; ").append(from.comment());
    }
    return text.toString();
  }

  private static String owner(TableMapping table) {
    return table.source() instanceof RowSource.Each each ? each.ownerTable() : "";
  }

  private static String container(TableMapping table) {
    if (!(table.source() instanceof RowSource.Each each)) {
      return "";
    }
    String path = each.path().toString();
    return path.equals(".")
        ? "the value of " + each.ownerTable()
        : each.ownerTable() + (path.startsWith("[") ? "" : ".") + path;
  }

  private static String source(@Nullable SourceColumn source) {
    if (source == null) {
      return "";
    }
    return switch (source.column()) {
      case SourceColumn.SOURCE -> "the source, as the ledger names it";
      case SourceColumn.KEY_SHA256 -> "SHA-256 of the source row's key";
      default -> "the source row's " + source.column();
    };
  }
}
