package io.picklift.schema.residue;

import io.picklift.codec.graph.ChunkKind;
import io.picklift.codec.graph.GraphBuilder;
import io.picklift.codec.graph.Op;
import io.picklift.codec.graph.SaveGraph;
import java.util.Arrays;

/**
 * Makes a graph's nodes, edges and chunks again in the order in which {@link ResidueWriter} met
 * them.
 */
final class Replay {
  private final Residue residue;
  private final GraphBuilder builder;
  private final NodeValues values;
  private final Cursor counts;
  private final Cursor gaps;
  private final Cursor links;
  private final Cursor keys;
  private final Cursor numbers;
  private final Cursor floats;
  private final Cursor lengths;
  private final Cursor text;
  private final int textStart;
  private final OpenNodes open;
  private final int size;
  private int[] memo = new int[256];
  private int memoCount;
  private int[] group = new int[64];

  Replay(Residue residue, GraphBuilder builder, NodeValues values) {
    this.residue = residue;
    this.builder = builder;
    this.values = values;
    counts = residue.part(1);
    gaps = residue.part(2);
    links = residue.part(3);
    keys = residue.part(4);
    numbers = residue.part(5);
    floats = residue.part(6);
    lengths = residue.part(7);
    text = residue.part(8);
    textStart = text.position();
    size = residue.size();
    open = new OpenNodes(size);
  }

  void inOrder() throws ResidueException {
    for (int chunk = 0; chunk < residue.chunkCount(); chunk++) {
      int gap = gaps.count(size - builder.size());
      for (int i = 0; i < gap; i++) {
        make();
      }
      chunk();
    }
    while (builder.size() < size) {
      make();
    }
  }

  private void make() throws ResidueException {
    int node = builder.size();
    int op = residue.op(node);
    switch (Groups.shape(op)) {
      case LEAF -> leaf(node, op);
      case TUPLE -> {
        int fixed = Groups.fixedSize(op);
        int length = fixed >= 0 ? fixed : counts.count(links.left() + keys.left());
        read(length, false);
        builder.node(op, builder.edges(group, 0, length), length);
      }
      case NODES -> {
        read(2, false);
        builder.node(op, group[0], group[1]);
      }
      case NODE -> {
        read(1, false);
        builder.node(op, group[0], 0);
      }
      case OBJ, INST -> {
        int arguments = counts.count(links.left() + keys.left());
        read(arguments + 1, false);
        boolean below = Groups.shape(op) == Groups.Shape.OBJ;
        int start = builder.edge(group[below ? 0 : arguments]);
        builder.edge(arguments);
        builder.edges(group, below ? 1 : 0, arguments + (below ? 1 : 0));
        builder.node(op, start, GraphBuilder.NO_CHUNK);
      }
      case PAIR, HOLDING_PAIR, TRIPLE -> {
        int length = Groups.shape(op) == Groups.Shape.TRIPLE ? 3 : 2;
        read(length, false);
        int start = builder.edges(group, 0, length);
        if (Groups.shape(op) == Groups.Shape.HOLDING_PAIR) {
          builder.edge(counts.count(Integer.MAX_VALUE));
        }
        builder.node(op, start, GraphBuilder.NO_CHUNK);
      }
    }
    made(node);
    open.push(node);
  }

  /** Notes the memo; the op's byte says whether there is a {@code PUT}. */
  private void made(int node) {
    if (residue.isPut(node)) {
      builder.markPut(node);
      if (memoCount == memo.length) {
        memo = Arrays.copyOf(memo, memoCount * 2);
      }
      memo[memoCount++] = node;
    }
  }

  private void leaf(int node, int op) throws ResidueException {
    if (residue.isTaken(node)) {
      if (!Residue.isValue(op)) {
        throw new ResidueException("takes a value from a node that has none");
      }
      builder.node(values.op(node, op), values.a(node), values.b(node));
    } else if (Groups.isSlice(op)) {
      int length = lengths.count(text.left());
      builder.node(op, text.skip(length) - textStart, length);
    } else if (Groups.isNumber(op)) {
      builder.node(op, (int) numbers.signed(), 0);
    } else if (op == Op.BINFLOAT) {
      int high = floats.int32();
      builder.node(op, high, floats.int32());
    } else {
      builder.node(op, 0, SaveGraph.hasChunks(op) ? GraphBuilder.NO_CHUNK : 0);
    }
  }

  private void chunk() throws ResidueException {
    int kind = counts.next();
    boolean given = (kind & ResidueWriter.CONTAINER_GIVEN) != 0;
    kind &= ~ResidueWriter.CONTAINER_GIVEN;
    int length = counts.count(links.left() + keys.left());
    int container = given ? counts.count(builder.size() - 1) : -1;
    int below = read(length, ResidueWriter.isPairs(kind));
    if (!given) {
      container = below;
    }
    if (container < 0 || kind > ChunkKind.BUILD || !SaveGraph.hasChunks(builder.op(container))) {
      throw new ResidueException("adds to what is no container");
    }
    builder.chunk(container, kind, builder.edges(group, 0, length), length);
  }

  /**
   * Reads {@code length} links into {@link #group}; returns the open node below those they take.
   */
  private int read(int length, boolean pairs) throws ResidueException {
    if (length > group.length) {
      group = new int[Math.max(length, group.length * 2)];
    }
    int fresh = 0;
    for (int i = 0; i < length; i++) {
      Cursor from = pairs && (i & 1) == 0 ? keys : links;
      long token = from.number();
      if (token == 0) {
        fresh++;
        group[i] = -1;
      } else if (token == ResidueWriter.LINK_NODE) {
        group[i] = from.count(builder.size() - 1);
      } else {
        long number = token - ResidueWriter.LINK_MEMO;
        if (number < 0 || number >= memoCount) {
          throw new ResidueException("refers to a value that was not made");
        }
        group[i] = memo[(int) number];
      }
    }
    int node = open.fromEnd(0);
    for (int i = length - 1; i >= 0; i--) {
      if (group[i] < 0) {
        if (node < 0) {
          throw new ResidueException("takes a value that was not made");
        }
        group[i] = node;
        node = open.previous(node);
      }
    }
    for (int i = 0; i < length; i++) {
      open.remove(group[i]);
    }
    return fresh == 0 ? open.fromEnd(0) : node;
  }

  void explicit() throws ResidueException {
    int edges = residue.edgeCount();
    if (edges > links.left()) {
      throw new ResidueException("has fewer links than it says");
    }
    for (int edge = 0; edge < edges; edge++) {
      builder.edge(links.count(Integer.MAX_VALUE));
    }
    while (builder.size() < size) {
      int node = builder.size();
      int op = residue.op(node);
      switch (Groups.shape(op)) {
        case LEAF -> leaf(node, op);
        case TUPLE -> {
          int first = counts.count(edges);
          builder.node(op, first, counts.count(edges - first));
        }
        case NODES -> {
          int first = counts.count(size - 1);
          builder.node(op, first, counts.count(size - 1));
        }
        case NODE -> builder.node(op, counts.count(size - 1), 0);
        default -> builder.node(op, counts.count(edges - 1), GraphBuilder.NO_CHUNK);
      }
      made(node);
    }
    for (int chunk = 0; chunk < residue.chunkCount(); chunk++) {
      int container = gaps.count(size - 1);
      int kind = gaps.next();
      int start = gaps.count(edges);
      if (kind > ChunkKind.BUILD || !SaveGraph.hasChunks(builder.op(container))) {
        throw new ResidueException("adds to what is no container");
      }
      builder.chunk(container, kind, start, gaps.count(edges - start));
    }
  }
}
