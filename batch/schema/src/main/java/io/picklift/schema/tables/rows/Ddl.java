package io.picklift.schema.tables.rows;

import io.picklift.schema.mapping.IndexMapping;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import java.util.ArrayList;
import java.util.List;

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
      statements.add(create(mapping, table));
    }
    return statements;
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

  private static String create(Mapping mapping, TableMapping table) {
    StringBuilder sql = new StringBuilder("CREATE TABLE IF NOT EXISTS ");
    sql.append(SqlNames.name(table.name())).append(" (\n");
    sql.append("  ").append(SqlNames.name(TableMapping.SAVE_ID)).append(" BIGINT NOT NULL,\n");
    sql.append("  ").append(SqlNames.name(TableMapping.ORDINAL)).append(" INT NOT NULL,\n");
    for (StoredColumn column : table.stored()) {
      sql.append("  ").append(SqlNames.name(column.name())).append(' ').append(column.type().sql());
      sql.append(isRequired(column) ? " NOT NULL" : " NULL").append(",\n");
    }
    sql.append("  PRIMARY KEY (")
        .append(SqlNames.names(List.of(TableMapping.SAVE_ID, TableMapping.ORDINAL)))
        .append(')');
    for (IndexMapping index : table.indexes()) {
      sql.append(",\n  ").append(index.unique() ? "UNIQUE KEY " : "KEY ");
      sql.append(SqlNames.name(index.name()))
          .append(" (")
          .append(SqlNames.names(index.columns()))
          .append(')');
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

  private static boolean isRequired(StoredColumn column) {
    return switch (column.role()) {
      case OWNER, POSITION -> true;
      case KEY, CLASS, VALUE, REFERENCE, OFFSET, KIND, UNFIT, COMPUTED -> false;
    };
  }
}
