package io.picklift.codec.pickle;

import io.picklift.codec.model.ChunkKind;
import io.picklift.codec.model.GraphBuilder;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.PickleStyle;
import io.picklift.codec.model.SaveGraph;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntUnaryOperator;

/** Copies the graphs of several pickles into one, behind each other, under a root of its own. */
final class RecordMerge {
  private final GraphBuilder builder = new GraphBuilder();

  /**
   * Starts with nothing.
   *
   * @param value all bytes: those that the slices of the graph are of
   */
  RecordMerge(byte[] value) {
    builder.reset(value);
  }

  /**
   * Adds a graph.
   *
   * @param sourceAt where in the value an index in the graph's own source lies
   * @param withoutRoot whether to leave out the root, which is a list that was made last
   * @return how much the numbers of its nodes grew
   */
  int add(SaveGraph graph, IntUnaryOperator sourceAt, boolean withoutRoot) {
    int base = builder.size();
    int edgeBase = builder.edgeCount();
    int nodes = graph.size();
    int edges = graph.edgeCount();
    int chunks = graph.chunkCount();
    if (withoutRoot) {
      nodes--;
      chunks--;
      edges = graph.chunkStart(chunks);
    }
    BitSet counts = counts(graph, nodes);
    for (int edge = 0; edge < edges; edge++) {
      builder.edge(graph.edge(edge) + (counts.get(edge) ? 0 : base));
    }
    int[] containers = new int[chunks];
    Arrays.fill(containers, -1);
    for (int node = 0; node < nodes; node++) {
      node(graph, node, base, edgeBase, sourceAt);
      if (SaveGraph.hasChunks(graph.op(node))) {
        int last = graph.b(node);
        for (int c = graph.firstChunk(last); c >= 0; c = graph.nextChunk(c, last)) {
          containers[c] = base + node;
        }
      }
    }
    for (int chunk = 0; chunk < chunks; chunk++) {
      int start = graph.chunkStart(chunk) + edgeBase;
      builder.chunk(containers[chunk], graph.chunkKind(chunk), start, graph.chunkLength(chunk));
    }
    int[] discards = graph.discards();
    for (int i = 0; i < discards.length; i += 2) {
      builder.discard(discards[i] + base, discards[i + 1] + base);
    }
    return base;
  }

  /** Edges that are no nodes but say how many arguments or members there are. */
  private static BitSet counts(SaveGraph graph, int nodes) {
    BitSet counts = new BitSet();
    for (int node = 0; node < nodes; node++) {
      int op = graph.op(node);
      if (op == Op.INST || op == Op.OBJ) {
        counts.set(graph.a(node) + 1);
      } else if (Op.isHolding(op)) {
        counts.set(graph.a(node) + 2);
      }
    }
    return counts;
  }

  private void node(SaveGraph graph, int node, int base, int edgeBase, IntUnaryOperator sourceAt) {
    int op = graph.op(node);
    int a = graph.a(node);
    int b = SaveGraph.hasChunks(op) ? GraphBuilder.NO_CHUNK : graph.b(node);
    if (Op.isSlice(op)) {
      a = sourceAt.applyAsInt(a);
    } else if (op == Op.STACK_GLOBAL || op == Op.STACK_GLOBAL_FIX) {
      a += base;
      b += base;
    } else if (op == Op.BINPERSID) {
      a += base;
    } else if (Op.hasMembers(op) || SaveGraph.isConstructed(op)) {
      a += edgeBase;
    }
    builder.setFlags(builder.node(op, a, b), graph.opByte(node));
  }

  /** The same graph with everything in the memo that can be shared, as a regular one. */
  static SaveGraph allPut(SaveGraph graph) {
    RecordMerge merge = new RecordMerge(graph.source());
    merge.add(graph, at -> at, false);
    for (int node = 0; node < graph.size(); node++) {
      int op = graph.op(node);
      boolean isClassOfInst = op == Op.INST_NAME || op == Op.INST_NAME_FIX;
      if (op > Op.BINFLOAT && op != Op.EMPTY_TUPLE && !isClassOfInst) {
        merge.builder.markPut(node);
      }
    }
    PickleStyle as = graph.style();
    PickleStyle style =
        new PickleStyle(
            as.protocol(),
            as.proto(),
            as.putBase(),
            new long[0],
            -1,
            as.trailing(),
            true,
            as.records());
    return merge.builder.build(graph.root(), style);
  }

  /** A list of the pickles' roots as the root of all. */
  SaveGraph stream(int[] roots, PickleStyle style) {
    int start = builder.edges(roots, 0, roots.length);
    int root = builder.node(Op.LIST, 0, GraphBuilder.NO_CHUNK);
    builder.chunk(root, ChunkKind.INITIAL, start, roots.length);
    return builder.build(root, style);
  }

  /**
   * An object of a class, built with a state, as the root of both.
   *
   * @param first the class, or the tuple of it and its arguments
   */
  SaveGraph object(int first, int state, PickleStyle style) {
    boolean isClass = builder.op(first) != Op.TUPLE && builder.op(first) != Op.TUPLE2;
    int arguments =
        isClass ? builder.node(Op.EMPTY_TUPLE, 0, 0) : builder.edgeAt(builder.a(first) + 1);
    int start = builder.edge(isClass ? first : builder.edgeAt(builder.a(first)));
    builder.edge(arguments);
    int root = builder.node(Op.NEWOBJ, start, GraphBuilder.NO_CHUNK);
    builder.chunk(root, ChunkKind.BUILD, builder.edge(state), 1);
    return builder.build(root, style);
  }
}
