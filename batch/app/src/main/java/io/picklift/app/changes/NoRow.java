package io.picklift.app.changes;

import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.rows.SqlNames;
import java.util.stream.Collectors;

/** SQL that tells a save of which no table has a row. */
public final class NoRow {
  private NoRow() {}

  /**
   * A condition that begins with AND.
   *
   * <p>Each table is asked by a subquery of its own that gives a value. {@code NOT EXISTS} for each
   * is made into one join of all tables by the server, which then looks for the best order of the
   * join: with 19 tables MySQL 9.7 was not ready with that after ten minutes.
   *
   * @param saveId the save's id, as SQL
   */
  public static String and(Mapping mapping, String saveId) {
    return mapping.tables().stream()
        .map(
            table ->
                "(SELECT 1 FROM %s t WHERE t.save_id = %s LIMIT 1)"
                    .formatted(SqlNames.quote(table.name()), saveId))
        .collect(Collectors.joining(", ", " AND COALESCE(", ") IS NULL"));
  }
}
