package io.picklift.schema.tables.template;

import io.picklift.codec.bytes.ByteOutput;
import io.picklift.codec.model.ChunkKind;
import io.picklift.codec.model.GraphBuilder;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.PickleStyle;
import io.picklift.codec.model.SaveGraph;
import java.util.BitSet;
import java.util.List;

/** Several graphs as one: a list of what each of them was. */
final class GraphUnion {
  private final GraphBuilder builder = new GraphBuilder();

  private GraphUnion() {}

  /**
   * Puts graphs together, in the style of the first.
   *
   * @param roots is filled with the node of each graph's save
   */
  static SaveGraph of(List<SaveGraph> graphs, int[] roots) {
    ByteOutput pool = new ByteOutput();
    for (SaveGraph graph : graphs) {
      pool.put(graph.source(), 0, graph.source().length);
    }
    GraphUnion union = new GraphUnion();
    union.builder.reset(pool.toArray());
    int slices = 0;
    for (int i = 0; i < roots.length; i++) {
      SaveGraph graph = graphs.get(i);
      roots[i] = union.builder.size() + graph.root();
      union.add(graph, slices);
      slices += graph.source().length;
    }
    PickleStyle of = graphs.get(0).style();
    return union.builder.build(
        union.list(of, roots),
        new PickleStyle(
            of.protocol(), of.proto(), of.putBase(), new long[0], -1, new byte[0], true));
  }

  /**
   * A graph with another one behind it: its nodes and edges keep their numbers, and it its style.
   * The root is a list of both.
   */
  static SaveGraph beside(SaveGraph graph, SaveGraph other) {
    ByteOutput pool = new ByteOutput();
    pool.put(graph.source(), 0, graph.source().length);
    pool.put(other.source(), 0, other.source().length);
    GraphUnion union = new GraphUnion();
    union.builder.reset(pool.toArray());
    union.add(graph, 0);
    union.add(other, graph.source().length);
    int list = union.list(graph.style(), new int[] {graph.root(), graph.size() + other.root()});
    int[] discards = graph.discards();
    for (int i = 0; i < discards.length; i += 2) {
      union.builder.discard(discards[i], discards[i + 1]);
    }
    return union.builder.build(list, graph.style());
  }

  private int list(PickleStyle style, int[] members) {
    int op = style.protocol() == 0 ? Op.LIST : Op.EMPTY_LIST;
    int list = builder.node(op, 0, GraphBuilder.NO_CHUNK);
    int start = builder.edges(members, 0, members.length);
    builder.chunk(
        list, op == Op.LIST ? ChunkKind.APPEND : ChunkKind.APPENDS, start, members.length);
    return list;
  }

  private void add(SaveGraph graph, int slices) {
    int nodes = builder.size();
    int edges = builder.edgeCount();
    BitSet counts = counts(graph);
    for (int edge = 0; edge < graph.edgeCount(); edge++) {
      builder.edge(graph.edge(edge) + (counts.get(edge) ? 0 : nodes));
    }
    int[] containers = new int[graph.chunkCount()];
    for (int node = 0; node < graph.size(); node++) {
      int op = graph.op(node);
      boolean isChunked = SaveGraph.hasChunks(op);
      boolean isLinked = op == Op.STACK_GLOBAL || op == Op.STACK_GLOBAL_FIX;
      int first = graph.a(node);
      if (Op.isSlice(op)) {
        first += slices;
      } else if (Op.hasMembers(op) || SaveGraph.isConstructed(op)) {
        first += edges;
      } else if (isLinked || op == Op.BINPERSID) {
        first += nodes;
      }
      int second = graph.b(node) + (isLinked ? nodes : 0);
      int made = builder.node(op, first, isChunked ? GraphBuilder.NO_CHUNK : second);
      if (graph.isPut(node)) {
        builder.markPut(made);
      }
      if (graph.isReadonly(node)) {
        builder.markReadonly(made);
      }
      int last = isChunked ? graph.b(node) : -1;
      if (last >= 0) {
        for (int c = graph.firstChunk(last); c >= 0; c = graph.nextChunk(c, last)) {
          containers[c] = made;
        }
      }
    }
    for (int c = 0; c < containers.length; c++) {
      builder.chunk(
          containers[c], graph.chunkKind(c), graph.chunkStart(c) + edges, graph.chunkLength(c));
    }
  }

  /** Edges that are numbers and lead to no node. */
  private static BitSet counts(SaveGraph graph) {
    BitSet counts = new BitSet();
    for (int node = 0; node < graph.size(); node++) {
      int op = graph.op(node);
      if (Op.isHolding(op)) {
        counts.set(graph.a(node) + 2);
      } else if (op == Op.OBJ || op == Op.INST) {
        counts.set(graph.a(node) + 1);
      }
    }
    return counts;
  }
}
