package io.picklift.schema.tables;

import io.picklift.codec.error.LimitException;
import io.picklift.codec.graph.Meaning;
import io.picklift.codec.graph.SaveGraph;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.mapping.ValuePath;

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
    checkRows(meaning, split, now);
    Edits edits = null;
    boolean isLinked = false;
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
            isLinked |= stored.role() == StoredColumn.Role.REFERENCE;
          }
        }
      }
    }
    if (edits == null) {
      return graph;
    }
    SaveGraph edited = edits.apply();
    // An object that nothing refers to any more takes its rows along.
    if (!isLinked) {
      Meaning after = Meaning.of(edited);
      Split again = new Split(plan, after, rows.saveId(), RowComputer.NONE);
      checkRows(after, again, again.rows());
    }
    return edited;
  }

  /**
   * Of two keys of a dict, or members of a set, that a change has made equal, Python keeps one: the
   * other's row would have no place in the save.
   */
  private void checkRows(Meaning meaning, Split split, SaveRows now) throws JoinException {
    for (int number : plan.order) {
      TableRows given = rows.table(number);
      TableRows shown = now.table(number);
      if (given.size() != shown.size()) {
        String table = given.table().name();
        throw new JoinException(
            JoinException.Reason.CELL,
            container(meaning, split, given, shown),
            "two keys or members that were changed to be equal leave "
                + shown.size()
                + " of the "
                + given.size()
                + " rows of table "
                + table);
      }
    }
  }

  /** The path of the first container that has lost a row. */
  private String container(Meaning meaning, Split split, TableRows given, TableRows shown) {
    if (!(given.table().source() instanceof RowSource.Each each)) {
      return "";
    }
    TableMapping owner = plan.mapping.table(each.ownerTable());
    int column = given.table().columnNumber(each.ownerColumn());
    int row = 0;
    while (row < Math.min(given.size(), shown.size())
        && given.column(column).number(row) == shown.column(column).number(row)) {
      row++;
    }
    if (owner == null) {
      return "";
    }
    String of =
        new Paths(plan, meaning, split.walk())
            .row(owner.number(), (int) given.column(column).number(row));
    StringBuilder path = new StringBuilder(of);
    each.path().steps().forEach(step -> ValuePath.append(path, step));
    return path.isEmpty() ? "." : path.toString();
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
