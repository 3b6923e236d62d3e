package io.picklift.schema.tables.rows;

import io.picklift.schema.keys.ForeignKeys;
import io.picklift.schema.mapping.ColumnMapping;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.IndexMapping;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.SourceColumn;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The SQL that makes a mapping's tables; MySQL and MariaDB both take it. */
public final class Ddl {
  private Ddl() {}

  /**
   * {@code CREATE TABLE IF NOT EXISTS} statements, in an order in which the server takes them,
   * without a final semicolon.
   */
  public static List<String> statements(Mapping mapping) {
    List<String> statements = new ArrayList<>();
    for (TableMapping table : mapping.parentsFirst()) {
      statements.add(create(mapping, table, table.indexes(), UnaryOperator.identity()));
    }
    return statements;
  }

  /** All of them with the ledger that they refer to: a file that an empty schema takes. */
  public static String script(Mapping mapping) {
    StringBuilder sql = new StringBuilder();
    if (Mapping.LEDGER.equals(mapping.ledger())) {
      sql.append(
          "-- Picklift's ledger as its first build made it; migrate brings it up to date.\n");
      sql.append(LedgerDdl.statement()).append(";\n");
    }
    for (String statement : statements(mapping)) {
      sql.append(sql.isEmpty() ? "" : "\n").append(statement).append(";\n");
    }
    return sql.toString();
  }

  /** One such statement, for a table without the indexes that {@link #lateIndexes} names. */
  public static String early(Mapping mapping, TableMapping table) {
    return early(mapping, table, UnaryOperator.identity());
  }

  /**
   * The same under another name for the time being. Its comments have the final names.
   *
   * @param names the names that the tables have until then, by their final ones
   */
  public static String early(Mapping mapping, TableMapping table, UnaryOperator<String> names) {
    List<IndexMapping> early =
        table.indexes().stream().filter(index -> !isLate(mapping, table, index)).toList();
    return create(mapping, table, early, names);
  }

  /**
   * A table's indexes that are as well made after it was filled: all but the unique ones, which
   * have their say about each row, and those that a foreign key needs.
   */
  public static List<IndexMapping> lateIndexes(Mapping mapping, TableMapping table) {
    return table.indexes().stream().filter(index -> isLate(mapping, table, index)).toList();
  }

  private static boolean isLate(Mapping mapping, TableMapping table, IndexMapping index) {
    boolean isOfParent =
        mapping.foreignKeys() == ForeignKeys.ALL
            && index.columns().size() == 2
            && index.columns().get(0).equals(TableMapping.SAVE_ID)
            && isParent(table.column(index.columns().get(1)));
    return !index.unique() && !isOfParent;
  }

  private static boolean isParent(@Nullable StoredColumn column) {
    return column != null
        && (column.role() == StoredColumn.Role.OWNER
            || column.role() == StoredColumn.Role.REFERENCE);
  }

  /** An {@code ALTER TABLE} that adds these indexes of a table. */
  public static String addIndexes(TableMapping table, Collection<IndexMapping> indexes) {
    return indexes.stream()
        .map(index -> "ADD " + key(index))
        .collect(Collectors.joining(", ", "ALTER TABLE " + SqlNames.quote(table.name()) + " ", ""));
  }

  /** The statement of one table. */
  public static String statement(Mapping mapping, TableMapping table) {
    return create(mapping, table, table.indexes(), UnaryOperator.identity());
  }

  /** What adds a column to a table that is there. */
  public static String add(TableMapping table, StoredColumn column) {
    return alter(table) + "ADD COLUMN " + definition(table, column, column.type()) + ";";
  }

  /** What gives a column that is there another type. */
  public static String modify(TableMapping table, StoredColumn column, ColumnType type) {
    return alter(table) + "MODIFY COLUMN " + definition(table, column, type) + ";";
  }

  private static String alter(TableMapping table) {
    return "ALTER TABLE " + SqlNames.quote(table.name()) + " ";
  }

  private static String key(IndexMapping index) {
    return (index.unique() ? "UNIQUE KEY " : "KEY ")
        + SqlNames.quote(index.name())
        + " ("
        + SqlNames.quote(index.columns())
        + ')';
  }

  /** {@code DROP TABLE IF EXISTS} statements, in reverse order. */
  public static List<String> drops(Mapping mapping) {
    List<String> statements = new ArrayList<>();
    for (TableMapping table : mapping.parentsFirst()) {
      statements.add(0, "DROP TABLE IF EXISTS " + SqlNames.quote(table.name()));
    }
    return statements;
  }

  /**
   * One {@code ANALYZE TABLE} for each table: after a load the optimizer needs fresh statistics.
   */
  public static List<String> analyze(Mapping mapping) {
    return mapping.tables().stream().map(t -> "ANALYZE TABLE " + SqlNames.quote(t.name())).toList();
  }

  private static String create(
      Mapping mapping,
      TableMapping table,
      List<IndexMapping> indexes,
      UnaryOperator<String> names) {
    StringBuilder sql = new StringBuilder("CREATE TABLE IF NOT EXISTS ");
    sql.append(SqlNames.quote(names.apply(table.name()))).append(" (\n");
    sql.append("  ").append(SqlNames.quote(TableMapping.SAVE_ID)).append(" BIGINT NOT NULL,\n");
    sql.append("  ").append(SqlNames.quote(TableMapping.ORDINAL)).append(" INT NOT NULL,\n");
    for (StoredColumn column : table.stored()) {
      if (!column.isBeside()) {
        sql.append("  ").append(definition(table, column, column.type())).append(",\n");
      }
    }
    sql.append("  PRIMARY KEY (")
        .append(SqlNames.quote(List.of(TableMapping.SAVE_ID, TableMapping.ORDINAL)))
        .append(')');
    for (IndexMapping index : indexes) {
      sql.append(",\n  ").append(key(index));
    }
    String ledger = mapping.ledger();
    if (ledger != null) {
      String saveId = SqlNames.quote(TableMapping.SAVE_ID);
      sql.append(",\n  FOREIGN KEY (").append(saveId).append(") REFERENCES ");
      sql.append(SqlNames.quote(ledger)).append(" (").append(saveId).append(") ON DELETE CASCADE");
    }
    if (mapping.foreignKeys() == ForeignKeys.ALL) {
      parents(table, sql, names);
    }
    sql.append("\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=").append(mapping.collation());
    return sql.toString();
  }

  /** A row goes with the one that owns it; one that others refer to stays while they do. */
  private static void parents(TableMapping table, StringBuilder sql, UnaryOperator<String> names) {
    String parentKey = SqlNames.quote(List.of(TableMapping.SAVE_ID, TableMapping.ORDINAL));
    for (StoredColumn column : table.stored()) {
      ColumnMapping from = column.mapping();
      String parent = null;
      if (column.role() == StoredColumn.Role.OWNER
          && table.source() instanceof RowSource.Each each) {
        parent = each.ownerTable();
      } else if (column.role() == StoredColumn.Role.REFERENCE && from != null) {
        parent = from.references();
      }
      if (parent != null) {
        sql.append(",\n  FOREIGN KEY (");
        sql.append(SqlNames.quote(List.of(TableMapping.SAVE_ID, column.name())));
        sql.append(") REFERENCES ").append(SqlNames.quote(names.apply(parent)));
        sql.append(" (").append(parentKey).append(')');
        sql.append(column.role() == StoredColumn.Role.OWNER ? " ON DELETE CASCADE" : "");
      }
    }
  }

  private static String definition(TableMapping table, StoredColumn column, ColumnType type) {
    StringBuilder sql = new StringBuilder(SqlNames.quote(column.name()));
    sql.append(' ').append(type.sql());
    String comment = " COMMENT '" + ColumnComments.of(table, column) + "'";
    if (column.shown() instanceof StoredColumn.Generated generated) {
      return sql.append(GeneratedColumns.definition(type, generated)).append(comment).toString();
    }
    String collation = collation(table, column);
    if (collation != null) {
      // A collation is of one character set; the server takes it from the name.
      sql.append(" CHARACTER SET ").append(collation.split("_", 2)[0]);
      sql.append(" COLLATE ").append(collation);
    }
    sql.append(column.isRequired() ? " NOT NULL" : " NULL");
    return sql.append(comment).toString();
  }

  private static @Nullable String collation(TableMapping table, StoredColumn column) {
    SourceColumn source = column.source();
    if (source != null) {
      return source.collation();
    }
    boolean isKey = column.role() == StoredColumn.Role.KEY;
    RowSource.KeyColumn key =
        isKey && table.source() instanceof RowSource.Each each ? each.key() : null;
    return key == null ? null : key.collation();
  }
}
