package io.picklift.schema.tables.split;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.ColumnMapping;
import io.picklift.schema.mapping.ColumnOptions;
import io.picklift.schema.mapping.ScalarKind;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.UnfitPolicy;
import io.picklift.schema.tables.rows.TableRows;
import io.picklift.schema.tables.values.IntList;
import io.picklift.schema.tables.values.KindNames;
import io.picklift.schema.tables.walk.MappingWalk;
import io.picklift.schema.tables.walk.ObjectPaths;
import io.picklift.schema.tables.walk.PathNode;
import io.picklift.schema.tables.walk.WalkPlan;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What no column of the row at hand can hold, and why cells are NULL. */
final class UnheldCells {
  private final WalkPlan plan;
  private final Meaning meaning;
  private final SaveGraph graph;
  private final MappingWalk walk;
  private final RowValues values;
  private final SplitTally tally;

  /** Columns that cannot hold their value. */
  private final IntList unheld = new IntList();

  private @Nullable NullCells nulls;

  UnheldCells(
      WalkPlan plan, Meaning meaning, MappingWalk walk, RowValues values, SplitTally tally) {
    this.plan = plan;
    this.meaning = meaning;
    graph = meaning.graph();
    this.walk = walk;
    this.values = values;
    this.tally = tally;
  }

  /** Has the reasons kept why cells are NULL. */
  void noting(@Nullable NullCells to) {
    nulls = to;
  }

  /** Notes that a column cannot hold its value. */
  void add(int column) {
    unheld.add(column);
  }

  /**
   * Tells of the row's values that no column holds.
   *
   * @param to the row, whose cells are complete
   * @param nodes of its cells, as the walk gives them
   * @param names gets the columns that such a value counts for
   */
  void tell(TableRows to, int ordinal, int[] nodes, StringJoiner names) {
    if (nulls != null) {
      noteNone(to, ordinal, nodes);
    }
    int table = to.table().number();
    List<StoredColumn> stored = to.table().stored();
    for (int i = 0; i < unheld.size(); i++) {
      int column = unheld.get(i);
      if (!isHeld(to, ordinal, nodes, column) && isToldBy(stored, nodes, i)) {
        note(table, ordinal, column, nodes[column]);
        misfit(table, column, ordinal, stored.get(column));
        names.add(stored.get(column).name());
      }
    }
    unheld.clear();
  }

  /** Keeps what a NULL cell does not say. */
  private void note(int table, int row, int column, int node) {
    if (nulls != null && node >= 0) {
      nulls.value(table, row, column, meaning, node);
    } else if (nulls != null && node < MappingWalk.ABSENT) {
      values.read(node);
      nulls.element(table, row, column, values.value());
    }
  }

  private void noteNone(TableRows row, int ordinal, int[] nodes) {
    NullCells to = nulls;
    for (int i = 0; to != null && i < row.table().stored().size(); i++) {
      StoredColumn.Role role = row.table().stored().get(i).role();
      boolean isOne =
          role == StoredColumn.Role.VALUE
              || role == StoredColumn.Role.KEY
              || role == StoredColumn.Role.REFERENCE;
      int node = isOne && row.column(i).isNull(ordinal) ? nodes[i] : MappingWalk.ABSENT;
      if (node != MappingWalk.ABSENT && values.isNone(node)) {
        to.none(row.table().number(), ordinal, i);
      }
    }
  }

  /**
   * Whether a value that no column of its place holds counts for this one of them: for the one of
   * its kind, or else for the first.
   */
  private boolean isToldBy(List<StoredColumn> stored, int[] nodes, int index) {
    int column = unheld.get(index);
    int first = -1;
    int own = -1;
    for (int i = 0; i < unheld.size(); i++) {
      int other = unheld.get(i);
      if (nodes[other] == nodes[column]) {
        first = first < 0 ? other : first;
        own = own < 0 && isOfKind(stored.get(other), nodes[other]) ? other : own;
      }
    }
    return column == (own < 0 ? first : own);
  }

  private boolean isOfKind(StoredColumn column, int node) {
    ColumnMapping mapped = column.mapping();
    ColumnOptions options = mapped == null ? ColumnOptions.NONE : mapped.options();
    ScalarKind only = options.only();
    ScalarKind kind = only == null ? ScalarKind.of(column.type(), options.isUtc()) : only;
    return kind != null && kind.label().equals(KindNames.label(values.typeOf(node)));
  }

  /**
   * Whether another column of the row holds the value that this one cannot, or the mapping looks
   * into it: where several kinds of values stand in one place, each has a column or table.
   */
  private boolean isHeld(TableRows row, int ordinal, int[] nodes, int column) {
    int node = nodes[column];
    for (int i = 0; i < row.table().stored().size(); i++) {
      StoredColumn.Role role = row.table().stored().get(i).role();
      boolean isBeside = role.isBeside() || role == StoredColumn.Role.CLASS;
      if (i != column
          && !isBeside
          && !row.column(i).isNull(ordinal)
          && values.shows(nodes[i], node)) {
        return true;
      }
    }
    PathNode path = walk.cellEnd(column);
    return path != null
        && node >= 0
        && switch (graph.kind(node)) {
          case LIST, TUPLE, SET, FROZENSET -> path.tables.length > 0 || path.placeCount() > 0;
          case DICT, OBJECT, CALL -> path.tables.length > 0 || !path.isEnd();
          default -> false;
        };
  }

  private void misfit(int table, int number, int ordinal, StoredColumn column) {
    tally.unfit(table, number, 1);
    if (column.unfit() == UnfitPolicy.QUARANTINE && !tally.isRefused()) {
      String path = new ObjectPaths(plan, meaning, walk).cell(table, ordinal, number);
      tally.refuse(
          new SplitException(
              plan.mapping.tables().get(table).name(),
              column.name(),
              ordinal,
              path,
              column.type().sql()));
    }
  }
}
