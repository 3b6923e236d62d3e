package io.picklift.schema.tables.rows;

import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.IndexMapping;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.SourceColumn;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The SQL that makes a mapping's tables; MySQL and MariaDB both take it. */
public final class Ddl {
  private Ddl() {}

  /**
   * {@code CREATE TABLE IF NOT EXISTS} statements, in the mapping's order, without a final
   * semicolon.
   */
  public static List<String> statements(Mapping mapping) {
    List<String> statements = new ArrayList<>();
    for (TableMapping table : mapping.tables()) {
      statements.add(create(mapping, table, table.indexes()));
    }
    return statements;
  }

  /** One such statement, for a table without the indexes that {@link #lateIndexes} names. */
  public static String early(Mapping mapping, TableMapping table) {
    List<IndexMapping> early = table.indexes().stream().filter(IndexMapping::unique).toList();
    return create(mapping, table, early);
  }

  /**
   * The names of a table's indexes that are as well made after it was filled: all but the unique
   * ones, which have their say about each row.
   */
  public static List<String> lateIndexes(TableMapping table) {
    return table.indexes().stream()
        .filter(index -> !index.unique())
        .map(IndexMapping::name)
        .toList();
  }

  /** An {@code ALTER TABLE} that adds these of a table's indexes. */
  public static String addIndexes(TableMapping table, Collection<String> names) {
    return table.indexes().stream()
        .filter(index -> names.contains(index.name()))
        .map(index -> "ADD " + key(index))
        .collect(Collectors.joining(", ", "ALTER TABLE " + SqlNames.name(table.name()) + " ", ""));
  }

  /** The statement of one table. */
  public static String statement(Mapping mapping, TableMapping table) {
    return create(mapping, table, table.indexes());
  }

  /** What adds a column to a table that is there. */
  public static String add(TableMapping table, StoredColumn column) {
    return alter(table) + "ADD COLUMN " + definition(column, column.type()) + ";";
  }

  /** What gives a column that is there another type. */
  public static String modify(TableMapping table, StoredColumn column, ColumnType type) {
    return alter(table) + "MODIFY COLUMN " + definition(column, type) + ";";
  }

  private static String alter(TableMapping table) {
    return "ALTER TABLE " + SqlNames.name(table.name()) + " ";
  }

  private static String key(IndexMapping index) {
    return (index.unique() ? "UNIQUE KEY " : "KEY ")
        + SqlNames.name(index.name())
        + " ("
        + SqlNames.names(index.columns())
        + ')';
  }

  /** {@code DROP TABLE IF EXISTS} statements, in reverse order. */
  public static List<String> drops(Mapping mapping) {
    List<String> statements = new ArrayList<>();
    for (TableMapping table : mapping.tables()) {
      statements.add(0, "DROP TABLE IF EXISTS " + SqlNames.name(table.name()));
    }
    return statements;
  }

  /**
   * One {@code ANALYZE TABLE} for each table: after a load the optimizer needs fresh statistics.
   */
  public static List<String> analyze(Mapping mapping) {
    return mapping.tables().stream().map(t -> "ANALYZE TABLE " + SqlNames.name(t.name())).toList();
  }

  private static String create(Mapping mapping, TableMapping table, List<IndexMapping> indexes) {
    StringBuilder sql = new StringBuilder("CREATE TABLE IF NOT EXISTS ");
    sql.append(SqlNames.name(table.name())).append(" (\n");
    sql.append("  ").append(SqlNames.name(TableMapping.SAVE_ID)).append(" BIGINT NOT NULL,\n");
    sql.append("  ").append(SqlNames.name(TableMapping.ORDINAL)).append(" INT NOT NULL,\n");
    for (StoredColumn column : table.stored()) {
      if (!column.isBeside()) {
        sql.append("  ").append(definition(column, column.type())).append(",\n");
      }
    }
    sql.append("  PRIMARY KEY (")
        .append(SqlNames.names(List.of(TableMapping.SAVE_ID, TableMapping.ORDINAL)))
        .append(')');
    for (IndexMapping index : indexes) {
      sql.append(",\n  ").append(key(index));
    }
    String ledger = mapping.ledger();
    if (ledger != null) {
      String saveId = SqlNames.name(TableMapping.SAVE_ID);
      sql.append(",\n  FOREIGN KEY (").append(saveId).append(") REFERENCES ");
      sql.append(SqlNames.name(ledger)).append(" (").append(saveId).append(") ON DELETE CASCADE");
    }
    sql.append("\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=").append(mapping.collation());
    return sql.toString();
  }

  private static String definition(StoredColumn column, ColumnType type) {
    StringBuilder sql = new StringBuilder(SqlNames.name(column.name()));
    sql.append(' ').append(type.sql());
    if (column.shown() instanceof StoredColumn.Generated generated) {
      return sql.append(GeneratedColumns.definition(type, generated)).toString();
    }
    SourceColumn source = column.source();
    if (source != null && source.collation() != null) {
      // A collation is of one character set; the server takes it from the name.
      String collation = source.collation();
      sql.append(" CHARACTER SET ").append(collation.split("_", 2)[0]);
      sql.append(" COLLATE ").append(collation);
    }
    return sql.append(isRequired(column) ? " NOT NULL" : " NULL").toString();
  }

  private static boolean isRequired(StoredColumn column) {
    return switch (column.role()) {
      case OWNER, POSITION -> true;
      case KEY,
          CLASS,
          VALUE,
          REFERENCE,
          OFFSET,
          KIND,
          DTYPE,
          SHAPE,
          UNFIT,
          COMPUTED,
          SOURCE,
          DOCUMENT,
          GENERATED ->
          false;
    };
  }
}
