package io.picklift.app.companion;

import static io.picklift.schema.tables.rows.SqlNames.quote;

import io.picklift.app.config.CompanionConfig;
import java.util.ArrayList;
import java.util.List;

/** The SQL that makes a companion's table. */
final class CompanionDdl {
  private static final int CHOICE_CHARACTERS = 255;

  private CompanionDdl() {}

  /**
   * The statement.
   *
   * @param collation of key columns that are text: one that tells apart whatever the source's own
   *     tells apart, trailing blanks included
   */
  static String create(CompanionTable table, String collation) {
    List<String> lines = new ArrayList<>();
    for (CompanionTable.Key key : table.key()) {
      lines.add(quote(key.name()) + " " + keyType(key.type(), collation) + " NOT NULL");
    }
    for (CompanionColumn column : table.columns()) {
      lines.add(
          quote(column.name())
              + " "
              + column.type().sql()
              + (column.isRequired() ? " NOT NULL" : " NULL"));
      if (column.hasBeside()) {
        boolean isBytes = column.source().family() == DeclaredType.Family.BYTES;
        lines.add(quote(column.beside()) + (isBytes ? " LONGBLOB NULL" : " LONGTEXT NULL"));
      }
    }
    lines.add(quote(CompanionTable.ROW_SHA256) + " BINARY(32) NOT NULL");
    lines.add(quote(CompanionTable.COPIED_AT) + " DATETIME(6) NOT NULL");
    lines.add("PRIMARY KEY (" + table.keyList() + ")");
    for (CompanionConfig.Index index : table.config().indexes()) {
      lines.add("KEY (" + quote(index.columns()) + ")");
    }
    return "CREATE TABLE "
        + quote(table.name())
        + " (\n  "
        + String.join(",\n  ", lines)
        + "\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin";
  }

  private static String keyType(DeclaredType type, String collation) {
    return switch (type.base()) {
      case "tinyint", "smallint", "mediumint", "int", "bigint" ->
          type.base() + (type.isUnsigned() ? " unsigned" : "");
      case "decimal" -> "decimal(" + type.size() + "," + Math.max(0, type.scale()) + ")";
      case "year" -> "smallint unsigned";
      case "bit" -> "bigint unsigned";
      case "date" -> type.base();
      case "datetime", "timestamp" -> "datetime" + (type.size() > 0 ? "(" + type.size() + ")" : "");
      case "time" -> "time" + (type.size() > 0 ? "(" + type.size() + ")" : "");
      case "binary", "varbinary" -> type.base() + "(" + type.size() + ")";
      case "char", "varchar" ->
          type.base() + "(" + type.size() + ") CHARACTER SET utf8mb4 COLLATE " + collation;
      default -> "varchar(" + CHOICE_CHARACTERS + ") CHARACTER SET utf8mb4 COLLATE " + collation;
    };
  }

  /** What a table that is there must have been made by. */
  static String definition(CompanionTable table, String create) {
    StringBuilder text = new StringBuilder("from ").append(table.config().from()).append('\n');
    for (CompanionColumn column : table.columns()) {
      text.append(column.name()).append(" from ").append(column.from()).append(' ');
      text.append(column.source().family()).append('\n');
    }
    return text.append(create).toString();
  }
}
