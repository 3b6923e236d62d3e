package io.picklift.schema.tables.edit;

import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.tables.values.IntList;
import java.util.BitSet;

/** Which nodes of a graph a pickle of it would have, whatever they mean. */
public final class Reachable {
  private final SaveGraph graph;
  private final BitSet met = new BitSet();
  private final int[] counts;
  private final IntList open = new IntList();

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
      reachable.parts(reachable.open.get(i));
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

  private void parts(int node) {
    int op = graph.op(node);
    int a = graph.a(node);
    if (Op.hasMembers(op)) {
      edges(a, graph.b(node));
    } else if (op == Op.STACK_GLOBAL || op == Op.STACK_GLOBAL_FIX) {
      meet(a);
      meet(graph.b(node));
    } else if (op == Op.BINPERSID) {
      meet(a);
    } else if (op == Op.OBJ || op == Op.INST) {
      meet(graph.edge(a));
      edges(a + 2, graph.edge(a + 1));
    } else if (SaveGraph.isConstructed(op)) {
      edges(a, op == Op.NEWOBJ_EX ? 3 : 2);
    }
    if (SaveGraph.hasChunks(op)) {
      int last = graph.b(node);
      for (int c = graph.firstChunk(last); c >= 0; c = graph.nextChunk(c, last)) {
        edges(graph.chunkStart(c), graph.chunkLength(c));
      }
    }
  }

  private void edges(int start, int count) {
    for (int i = start; i < start + count; i++) {
      meet(graph.edge(i));
    }
  }
}
