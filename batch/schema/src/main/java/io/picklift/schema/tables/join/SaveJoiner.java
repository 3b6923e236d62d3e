package io.picklift.schema.tables.join;

import io.picklift.codec.error.LimitException;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.residue.Residue;
import io.picklift.schema.residue.ResidueException;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.split.SaveSplitter;
import io.picklift.schema.tables.walk.WalkPlan;

/** Makes a save of its rows and its residue again. */
public final class SaveJoiner {
  private SaveJoiner() {}

  /**
   * Joins what {@link SaveSplitter} took apart under the same mapping. From rows as they were, the
   * same graph: node by node, written the same way. A value that was changed in a row is changed in
   * the graph.
   *
   * @throws JoinException if rows are missing or too many, or a cell was changed to what cannot
   *     stand there
   */
  public static SaveGraph join(Mapping mapping, byte[] residue, SaveRows rows)
      throws JoinException {
    try {
      return new GraphJoin(WalkPlan.of(mapping), Residue.read(residue), rows).run();
    } catch (ResidueException | LimitException e) {
      throw new JoinException(JoinException.Reason.RESIDUE, "", String.valueOf(e.getMessage()));
    }
  }
}
