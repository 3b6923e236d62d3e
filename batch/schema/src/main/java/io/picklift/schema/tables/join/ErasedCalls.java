package io.picklift.schema.tables.join;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.Kind;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.residue.ValueNotes;
import io.picklift.schema.tables.values.ColumnCodec;
import io.picklift.schema.tables.values.ColumnData;
import io.picklift.schema.tables.values.NeededParts;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.values.Scalar;
import io.picklift.schema.tables.walk.MappingWalk;
import io.picklift.schema.tables.walk.PathNode;
import io.picklift.schema.tables.walk.WalkPlan;

/**
 * Complex numbers and other calls that cannot have None, all of whose cells were set to NULL: they
 * are None as a whole.
 */
final class ErasedCalls {
  private final WalkPlan plan;
  private final Meaning meaning;
  private final NeededParts parts;
  private final NodeValueReader values;
  private final Scalar value = new Scalar();

  ErasedCalls(WalkPlan plan, Meaning meaning) {
    this.plan = plan;
    this.meaning = meaning;
    parts = new NeededParts(meaning);
    values = new NodeValueReader(meaning, ValueNotes.collecting());
  }

  /** Whether a value is a call of these. */
  boolean isOne(int node) {
    return parts.isOne(node);
  }

  /** Whether the cell of a column shows an argument of one. */
  boolean isShown(MappingWalk walk, int column) {
    return parts.call(walk.cellPlace(column)) >= 0;
  }

  /**
   * Whether each argument has a column that would show it. A cell is NULL, too, where its column
   * cannot hold the value.
   *
   * @param path of the call, whose cells are NULL
   */
  boolean isErased(PathNode path, int node, int table) {
    if (!isOne(node) || path.placeCount() < parts.count(node)) {
      return false;
    }
    int[] arguments = meaning.arguments(node);
    for (int i = 0; i < arguments.length; i++) {
      boolean isShown = false;
      for (int j = 0; j < path.placeCount(); j++) {
        isShown |= path.place(j) == i && isShown(path.placeNode(j), arguments[i], table);
      }
      if (!isShown) {
        return false;
      }
    }
    return true;
  }

  private boolean isShown(PathNode path, int argument, int table) {
    for (int i = 0; i < path.columns.length; i += 2) {
      StoredColumn stored = plan.mapping.tables().get(table).stored().get(path.columns[i]);
      if (stored.role() == StoredColumn.Role.VALUE
          && (meaning.kind(argument) == Kind.NONE
              || holds(plan.codecs[table][path.columns[i]], stored, argument))) {
        return true;
      }
    }
    return false;
  }

  private boolean holds(ColumnCodec codec, StoredColumn stored, int argument) {
    values.read(argument, value);
    return codec != null
        && codec.encode(value, new ColumnData(stored.type())) != ColumnCodec.Fit.UNFIT;
  }
}
