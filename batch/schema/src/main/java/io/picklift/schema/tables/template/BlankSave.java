package io.picklift.schema.tables.template;

import io.picklift.codec.Limits;
import io.picklift.codec.error.DamagedException;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.model.Records;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.residue.Residue;
import io.picklift.schema.tables.fill.ValueFill;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a residue alone says of a save.
 *
 * @param graph with values that stand for those of its rows
 * @param taken the nodes of these
 */
record BlankSave(SaveGraph graph, BitSet taken) {
  /**
   * Null where no new save can be like it: it is of an old build, of several pickles, or of a group
   * of columns that is for one value of its row in the source.
   */
  static @Nullable BlankSave read(byte[] residue, Limits limits)
      throws DamagedException, LimitException {
    Residue read = Residue.read(residue, limits);
    boolean isOne = read.style().records() == Records.SINGLE && read.notes().isKnown();
    if (!isOne || read.notes().split() != null) {
      return null;
    }
    BitSet taken = new BitSet();
    for (int node = 0; node < read.size(); node++) {
      taken.set(node, read.isTaken(node));
    }
    ValueFill values = ValueFill.distinct(read);
    return new BlankSave(read.build(values.pool(), values), taken);
  }

  /** Several as one: a list of them. */
  static BlankSave union(List<BlankSave> saves, int[] roots) {
    SaveGraph graph = GraphUnion.of(saves.stream().map(BlankSave::graph).toList(), roots);
    BitSet taken = new BitSet();
    int nodes = 0;
    for (BlankSave save : saves) {
      int before = nodes;
      save.taken().stream().forEach(node -> taken.set(before + node));
      nodes += save.graph().size();
    }
    return new BlankSave(graph, taken);
  }
}
