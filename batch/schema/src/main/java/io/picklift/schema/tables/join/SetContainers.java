package io.picklift.schema.tables.join;

import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.Kind;
import io.picklift.schema.residue.ValueNotes;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.walk.MappingWalk;
import io.picklift.schema.tables.walk.WalkPlan;

/** Whether the containers of a table are sets, for a message. */
final class SetContainers implements MappingWalk.Visitor {
  private final Meaning meaning;
  private final int table;
  private boolean isAny;

  private SetContainers(Meaning meaning, int table) {
    this.meaning = meaning;
    this.table = table;
  }

  static boolean are(WalkPlan plan, Meaning meaning, SaveRows rows, ValueNotes notes, int table)
      throws LimitException {
    SetContainers found = new SetContainers(meaning, table);
    new MappingWalk(plan, meaning, plan.rootTable(rows::has), notes).run(found);
    return found.isAny;
  }

  @Override
  public void container(int of, int owner, int node) {
    Kind kind = meaning.kind(node);
    isAny |= of == table && (kind == Kind.SET || kind == Kind.FROZENSET);
  }

  @Override
  public void row(int of, int ordinal, int node, int[] nodes) {}
}
