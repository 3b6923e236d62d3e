package io.picklift.schema.tables.join;

import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.Kind;
import io.picklift.schema.mapping.ColumnMapping;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.edit.DanglingReferences;
import io.picklift.schema.tables.edit.GraphEditor;
import io.picklift.schema.tables.edit.Placement;
import io.picklift.schema.tables.rows.TableRows;
import io.picklift.schema.tables.walk.MappingWalk;
import io.picklift.schema.tables.walk.ObjectPaths;
import io.picklift.schema.tables.walk.WalkPlan;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * References of rows that were there before, where their cells name another row now, or none. They
 * are changed before anything is looked for: an object may leave because its last reference did,
 * and a new one may be there for the sake of one alone.
 */
final class ReferenceEdits {
  /** No change is asked for. */
  private static final int SAME = -2;

  private final WalkPlan plan;
  private final GivenRows given;
  private final BornRows born;
  private final MappingWalk walk;
  private final Meaning meaning;
  private final GraphEditor editor;
  private final Placement placement;
  private final ObjectPaths paths;
  private final DanglingReferences missing;

  /** Edges of references that leave. */
  private final Set<Integer> dropped = new HashSet<>();

  private @Nullable JoinException refused;

  /** Places of the row at hand that have another value already: several columns may show one. */
  private final Set<Object> done = new HashSet<>();

  ReferenceEdits(
      WalkPlan plan,
      GivenRows given,
      BornRows born,
      MappingWalk walk,
      Meaning meaning,
      GraphEditor editor,
      ObjectPaths paths,
      DanglingReferences missing) {
    this.plan = plan;
    this.missing = missing;
    this.given = given;
    this.born = born;
    this.walk = walk;
    this.meaning = meaning;
    this.editor = editor;
    this.paths = paths;
    placement = new Placement(meaning, walk, editor);
  }

  /**
   * Makes the changes.
   *
   * @param fresh a walk over the same graph that was not run yet
   * @return the edges of references that are to leave, for which nothing was done
   */
  Set<Integer> apply(MappingWalk fresh) throws JoinException, LimitException {
    fresh.run((table, ordinal, node, nodes) -> row(fresh, table, ordinal, node, nodes));
    if (refused != null) {
      throw refused;
    }
    return dropped;
  }

  private void row(MappingWalk at, int table, int ordinal, int node, int[] nodes) {
    int row = given.table(table).row(ordinal);
    if (row < 0) {
      return;
    }
    done.clear();
    // What a column says that is not NULL counts for a place that several columns show.
    for (boolean isNull : new boolean[] {false, true}) {
      for (int column = 0; column < given.table(table).table().stored().size(); column++) {
        StoredColumn stored = given.table(table).table().stored().get(column);
        boolean isOne =
            stored.role() == StoredColumn.Role.REFERENCE
                && nodes[column] >= MappingWalk.ABSENT
                && given.table(table).column(column).isNull(row) == isNull;
        if (isOne) {
          cell(at, table, ordinal, row, column, node, nodes[column]);
        }
      }
    }
  }

  private void cell(
      MappingWalk at, int table, int ordinal, int row, int column, int object, int before) {
    StoredColumn stored = given.table(table).table().stored().get(column);
    int place = before == MappingWalk.ABSENT ? MappingWalk.ABSENT : at.cellPlace(column);
    Object shown = place >= 0 ? (Object) place : plan.ends[table][column];
    int with = wanted(table, row, stored, column, before);
    if (with == SAME || done.contains(shown)) {
      done.add(shown);
      return;
    }
    done.add(shown);
    if (with == BornRows.NOTHING && missing.isDropped(table, ordinal, column)) {
      int edge = placement.edge(object, before, place);
      if (edge >= 0) {
        dropped.add(edge);
        return;
      }
    }
    if (with == BornRows.NOTHING) {
      with = editor.none();
    }
    boolean isMember =
        given.table(table).table().source() instanceof RowSource.Each && isOwn(table, column);
    if (isMember) {
      born.replace(table, ordinal, with);
      return;
    }
    String why = placement.put(object, before, place, stored.mapping(), with);
    if (why != null && refused == null) {
      refused =
          new JoinException(JoinException.Reason.CELL, paths.cell(table, ordinal, column), why);
    }
  }

  /** Whether a column shows the member itself that a row is. */
  private boolean isOwn(int table, int column) {
    int[] columns = plan.paths[table].columns;
    for (int i = 0; i < columns.length; i += 2) {
      if (columns[i] == column) {
        return true;
      }
    }
    return false;
  }

  /** The node that the cell refers to; {@link BornRows#NOTHING} for None. */
  private int wanted(int table, int row, StoredColumn stored, int column, int before) {
    TableRows of = given.table(table);
    ColumnMapping mapped = stored.mapping();
    TableMapping target =
        mapped == null ? null : plan.mapping.table(String.valueOf(mapped.references()));
    if (target == null) {
      return SAME;
    }
    boolean wasRow =
        before >= 0
            && (meaning.kind(before) == Kind.OBJECT || meaning.kind(before) == Kind.CALL)
            && walk.table(before) == target.number();
    if (of.column(column).isNull(row)) {
      // What is no row of that table is NULL in the column, and stays.
      return wasRow ? BornRows.NOTHING : SAME;
    }
    int ordinal = (int) of.column(column).number(row);
    int referred = given.table(target.number()).row(ordinal);
    if (referred < 0) {
      // Told with its path once the graph is as the rows have it.
      return SAME;
    }
    int node = born.object(target, referred, ordinal);
    return node == before ? SAME : node;
  }
}
