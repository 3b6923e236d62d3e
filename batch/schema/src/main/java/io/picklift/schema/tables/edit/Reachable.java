package io.picklift.schema.tables.edit;

import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.tables.values.IntList;
import java.util.BitSet;

/** Which nodes of a graph a pickle of it would have, whatever they mean. */
public final class Reachable {
  private final SaveGraph graph;
  private final BitSet met = new BitSet();
  private final int[] counts;
  private final IntList open = new IntList();

  private final NodeParts.Visitor parts =
      new NodeParts.Visitor() {
        @Override
        public void operand(int part) {
          meet(part);
        }

        @Override
        public void made(int start, int count) {
          edges(start, count);
        }

        @Override
        public void members(int start, int count) {
          edges(start, count);
        }

        @Override
        public void chunk(int chunk) {
          edges(graph.chunkStart(chunk), graph.chunkLength(chunk));
        }
      };

  private Reachable(SaveGraph graph) {
    this.graph = graph;
    counts = new int[graph.size()];
  }

  public static BitSet of(SaveGraph graph) {
    return from(graph).met;
  }

  /** By node in how many places it stands. */
  public static int[] counts(SaveGraph graph) {
    return from(graph).counts;
  }

  private static Reachable from(SaveGraph graph) {
    Reachable reachable = new Reachable(graph);
    reachable.meet(graph.root());
    for (int i = 0; i < reachable.open.size(); i++) {
      NodeParts.visit(graph, reachable.open.get(i), reachable.parts);
    }
    return reachable;
  }

  private void meet(int node) {
    counts[node]++;
    if (!met.get(node)) {
      met.set(node);
      open.add(node);
    }
  }

  private void edges(int start, int count) {
    for (int i = start; i < start + count; i++) {
      meet(graph.edge(i));
    }
  }
}
