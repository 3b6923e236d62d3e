package io.picklift.schema.draft;

import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.ColumnType.Base;
import io.picklift.schema.mapping.SourceColumn;
import io.picklift.schema.profile.OuterColumn;
import io.picklift.schema.tables.rows.ReservedWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The columns of a root table that hold the source row's key and what is carried. */
final class OuterColumns {
  private static final Pattern TYPE = Pattern.compile("([a-z]+)(?:\\((\\d+)(?:,(\\d+))?\\))?(.*)");

  /** What an index may take, less the source's name. */
  private static final int MOST_KEY_BYTES = 2_800;

  private static final int BYTES_PER_CHARACTER = 4;

  /** Names that say nothing without that of their table. */
  private static final Set<String> BARE =
      Set.of("id", "key", "name", "uuid", "uid", "pk", "number");

  private final List<Column> columns = new ArrayList<>();
  private final List<String> key = new ArrayList<>();

  /** A column to be. */
  record Column(String name, String column, ColumnType type, @Nullable String collation) {}

  /**
   * For a table.
   *
   * @param names of the row's other columns, which keep them
   * @param used where the names that are taken are noted
   */
  OuterColumns(List<OuterColumn> outer, Set<String> names, Set<String> used) {
    int bytes = 0;
    for (OuterColumn one : outer) {
      String snake = NameMaker.snake(one.name());
      boolean isTaken =
          BARE.contains(snake) || names.contains(snake) || ReservedWords.contains(snake);
      String name = NameMaker.column(isTaken ? "source_" + snake : snake, used);
      ColumnType type = type(one.declared());
      String collation = type.base().isText() ? one.collation() : null;
      columns.add(new Column(name, one.name(), type, collation));
      if (one.isKey()) {
        key.add(name);
        bytes += bytes(type);
      }
    }
    if (key.isEmpty()) {
      return;
    }
    if (bytes > MOST_KEY_BYTES) {
      String name = NameMaker.column("source_key_sha256", used);
      ColumnType hash = ColumnType.of(Base.VARBINARY, 32);
      columns.add(new Column(name, SourceColumn.KEY_SHA256, hash, null));
      key.clear();
      key.add(name);
    }
    String name = NameMaker.column("source_table", used);
    columns.add(new Column(name, SourceColumn.SOURCE, ColumnType.of(Base.VARCHAR, 64), null));
    key.add(name);
  }

  /** The columns, the key's first. */
  List<Column> columns() {
    return columns;
  }

  /** What an index of the key is of: the source's name last, for most ask for the key alone. */
  List<String> key() {
    return key;
  }

  private static int bytes(ColumnType type) {
    return switch (type.base()) {
      case VARCHAR -> type.size() * BYTES_PER_CHARACTER;
      case TEXT, MEDIUMTEXT, LONGTEXT, BLOB, MEDIUMBLOB, LONGBLOB, JSON -> MOST_KEY_BYTES + 1;
      case VARBINARY -> type.size();
      default -> Long.BYTES;
    };
  }

  /** The nearest type that a mapping has. */
  private static ColumnType type(String declared) {
    Matcher matcher = TYPE.matcher(declared.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return ColumnType.of(Base.VARCHAR, 255);
    }
    int size = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
    int scale = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
    boolean unsigned = matcher.group(4).contains("unsigned");
    return switch (matcher.group(1)) {
      case "tinyint" -> new ColumnType(Base.TINYINT, 0, 0, unsigned);
      case "smallint" -> new ColumnType(Base.SMALLINT, 0, 0, unsigned);
      case "mediumint" -> new ColumnType(Base.MEDIUMINT, 0, 0, unsigned);
      case "int" -> new ColumnType(Base.INT, 0, 0, unsigned);
      case "bigint" -> new ColumnType(Base.BIGINT, 0, 0, unsigned);
      case "year" -> ColumnType.of(Base.SMALLINT);
      case "decimal" -> new ColumnType(Base.DECIMAL, size, scale, false);
      case "double", "float" -> ColumnType.of(Base.DOUBLE);
      case "bit" ->
          size <= 1 ? ColumnType.of(Base.BOOLEAN) : new ColumnType(Base.BIGINT, 0, 0, true);
      case "datetime", "timestamp" -> ColumnType.of(Base.DATETIME);
      case "date" -> ColumnType.of(Base.DATE);
      case "char", "varchar" -> ColumnType.of(Base.VARCHAR, Math.max(1, size));
      case "binary", "varbinary" -> ColumnType.of(Base.VARBINARY, Math.max(1, size));
      case "tinytext" -> ColumnType.of(Base.VARCHAR, 255);
      case "text" -> ColumnType.of(Base.TEXT);
      case "mediumtext" -> ColumnType.of(Base.MEDIUMTEXT);
      case "longtext", "json" -> ColumnType.of(Base.LONGTEXT);
      case "tinyblob", "blob" -> ColumnType.of(Base.BLOB);
      case "mediumblob" -> ColumnType.of(Base.MEDIUMBLOB);
      case "longblob" -> ColumnType.of(Base.LONGBLOB);
      default -> ColumnType.of(Base.VARCHAR, 255);
    };
  }
}
