package io.picklift.schema.tables.split;

import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.tables.values.IntList;
import java.util.BitSet;

/**
 * In which places of a save its values stand, and which of these a cell shows. A value that stands
 * in another place as well has to stay in the residue: there it must be what it was, whatever
 * becomes of the cells. An interned text is such a value.
 */
final class ShownPlaces {
  /** The heap that it takes for each node, and for each edge. */
  static final int BYTES_A_NODE = Integer.BYTES + 1;

  private final SaveGraph graph;

  /** For each node how many places it stands in that no cell was met for. */
  private final int[] open;

  /** Places that a cell was met for. */
  private final BitSet met = new BitSet();

  /** Nodes that are the value of a call, such as an enum's member; each after the call. */
  private final IntList parts = new IntList();

  ShownPlaces(SaveGraph graph) {
    this.graph = graph;
    open = new int[graph.size()];
    for (int edge = 0; edge < graph.edgeCount(); edge++) {
      int node = graph.edge(edge);
      // Some edges are counts.
      if (node >= 0 && node < open.length) {
        open[node]++;
      }
    }
  }

  /**
   * Notes that a cell holds a value exactly.
   *
   * @param place of the value, as {@code Meaning.member} takes it; negative where it is none
   */
  void cell(int node, int place) {
    if (place >= 0 && !met.get(place)) {
      met.set(place);
      open[node]--;
    }
  }

  /** Notes that a node stands for the value of another, which makes something of it. */
  void part(int of, int node) {
    parts.add(of);
    parts.add(node);
    open[node]--;
  }

  /** The nodes that stand in a place that no cell shows. */
  BitSet elsewhere() {
    BitSet elsewhere = new BitSet(graph.size());
    for (int node = 0; node < open.length; node++) {
      if (open[node] > 0) {
        elsewhere.set(node);
      }
    }
    for (int i = 0; i < parts.size(); i += 2) {
      if (elsewhere.get(parts.get(i))) {
        elsewhere.set(parts.get(i + 1));
      }
    }
    return elsewhere;
  }
}
