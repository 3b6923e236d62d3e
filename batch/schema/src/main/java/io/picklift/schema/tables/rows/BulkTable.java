package io.picklift.schema.tables.rows;

import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import java.util.ArrayList;
import java.util.List;

/**
 * A table that many rows are written into at a time.
 *
 * @param columns in the order of the cells
 * @param onDuplicate what an INSERT does with a row that is there already, such as {@code ON
 *     DUPLICATE KEY UPDATE ...}; empty where it must not be there
 */
public record BulkTable(String name, List<Column> columns, String onDuplicate) {
  /**
   * A column.
   *
   * @param isJson whether the server has to be told that its text is no binary string
   */
  public record Column(String name, boolean isJson) {}

  public BulkTable {
    columns = List.copyOf(columns);
  }

  /** A table without JSON, given by the names of its columns. */
  public static BulkTable of(String name, String... columns) {
    List<Column> list = new ArrayList<>();
    for (String column : columns) {
      list.add(new Column(column, false));
    }
    return new BulkTable(name, list, "");
  }

  /** A mapped table: {@code save_id}, {@code ordinal}, and what the mapping has. */
  static BulkTable of(TableMapping table) {
    List<Column> list = new ArrayList<>();
    list.add(new Column(TableMapping.SAVE_ID, false));
    list.add(new Column(TableMapping.ORDINAL, false));
    for (StoredColumn column : table.stored()) {
      if (column.isWritten()) {
        list.add(new Column(column.name(), column.type().base() == ColumnType.Base.JSON));
      }
    }
    return new BulkTable(table.name(), list, "");
  }

  /** The tables of a mapping, in the order in which rows are written. */
  public static List<BulkTable> of(Mapping mapping) {
    return mapping.parentsFirst().stream().map(BulkTable::of).toList();
  }

  String insertHead() {
    List<String> names = columns.stream().map(Column::name).toList();
    return "INSERT INTO " + SqlNames.quote(name) + " (" + SqlNames.quote(names) + ") VALUES ";
  }

  String insertTail() {
    return onDuplicate.isEmpty() ? "" : " " + onDuplicate;
  }

  /**
   * The statement that reads what {@link LoadText} writes. The file's name says nothing: the rows
   * come from memory. Bytes are taken as they are, since only so can one file have text and binary
   * values; a JSON column takes no binary string.
   */
  public String loadStatement() {
    List<String> targets = new ArrayList<>();
    List<String> json = new ArrayList<>();
    for (Column column : columns) {
      String quoted = SqlNames.quote(column.name());
      if (column.isJson()) {
        String variable = "@picklift" + targets.size();
        targets.add(variable);
        json.add(quoted + " = CONVERT(" + variable + " USING utf8mb4)");
      } else {
        targets.add(quoted);
      }
    }
    // In hex, a backslash is one whatever the sql_mode.
    return """
    LOAD DATA LOCAL INFILE 'rows' INTO TABLE %s CHARACTER SET binary
    FIELDS TERMINATED BY X'09' ESCAPED BY X'5C' LINES TERMINATED BY X'0A'
    (%s)%s\
    """
        .formatted(
            SqlNames.quote(name),
            String.join(", ", targets),
            json.isEmpty() ? "" : " SET " + String.join(", ", json));
  }
}
