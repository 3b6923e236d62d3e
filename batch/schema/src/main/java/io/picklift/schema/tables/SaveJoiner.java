package io.picklift.schema.tables;

import io.picklift.codec.error.LimitException;
import io.picklift.codec.graph.SaveGraph;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.residue.Residue;
import io.picklift.schema.residue.ResidueException;

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
      return new Join(Plan.of(mapping), Residue.read(residue), rows).run();
    } catch (ResidueException | LimitException e) {
      throw new JoinException(JoinException.Reason.RESIDUE, "", String.valueOf(e.getMessage()));
    }
  }
}
