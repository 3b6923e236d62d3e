package io.picklift.schema.tables;

import io.picklift.codec.error.LimitException;
import io.picklift.codec.graph.Meaning;
import io.picklift.codec.graph.SaveGraph;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;

/** Which cells say something else than the graph that was joined from them. */
final class Changes {
  private final Plan plan;
  private final SaveGraph graph;
  private final SaveRows rows;

  Changes(Plan plan, SaveGraph graph, SaveRows rows) {
    this.plan = plan;
    this.graph = graph;
    this.rows = rows;
  }

  /** The graph as the cells have it. */
  SaveGraph apply() throws JoinException, LimitException {
    Meaning meaning = Meaning.of(graph);
    Split split = new Split(plan, meaning, rows.saveId(), RowComputer.NONE);
    SaveRows now = split.rows();
    Edits edits = null;
    for (TableMapping table : plan.mapping.tables()) {
      TableRows given = rows.table(table.number());
      TableRows shown = now.table(table.number());
      for (int column = 0; column < table.stored().size(); column++) {
        StoredColumn stored = table.stored().get(column);
        if (stored.role() == StoredColumn.Role.COMPUTED) {
          continue;
        }
        for (int row = 0; row < given.size(); row++) {
          if (!same(stored.type(), given.column(column), shown.column(column), row)) {
            if (edits == null) {
              edits = new Edits(plan, meaning, rows);
            }
            edits.change(table.number(), row, column);
          }
        }
      }
    }
    return edits == null ? graph : edits.apply();
  }

  private static boolean same(ColumnType type, ColumnData given, ColumnData shown, int row) {
    if (given.sameCell(row, shown, row)) {
      return true;
    }
    boolean document =
        type.base() == ColumnType.Base.JSON && !given.isNull(row) && !shown.isNull(row);
    return document && JsonText.same(document(given, row), document(shown, row));
  }

  private static Object document(ColumnData cells, int row) {
    return JsonText.parse(cells.pool(), cells.start(row), cells.end(row) - cells.start(row));
  }
}
