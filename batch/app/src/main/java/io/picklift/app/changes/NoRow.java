package io.picklift.app.changes;

import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.rows.SqlNames;

/** SQL that tells a save of which no table has a row. */
public final class NoRow {
  private NoRow() {}

  /**
   * A condition that begins with AND.
   *
   * @param saveId the save's id, as SQL
   */
  public static String and(Mapping mapping, String saveId) {
    StringBuilder sql = new StringBuilder();
    for (TableMapping table : mapping.tables()) {
      sql.append(" AND NOT EXISTS (SELECT 1 FROM ")
          .append(SqlNames.quote(table.name()))
          .append(" t WHERE t.save_id = ")
          .append(saveId)
          .append(')');
    }
    return sql.toString();
  }
}
