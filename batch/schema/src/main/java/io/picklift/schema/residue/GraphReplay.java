package io.picklift.schema.residue;

import io.picklift.codec.bytes.ByteInput;
import io.picklift.codec.error.DamagedException;
import io.picklift.codec.model.ChunkKind;
import io.picklift.codec.model.GraphBuilder;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes a graph's nodes, edges and chunks again in the order in which {@link ResidueWriter} met
 * them.
 */
final class GraphReplay {
  private final Residue residue;
  private final GraphBuilder builder;
  private final NodeValues values;
  private final ByteInput counts;
  private final ByteInput gaps;
  private final ByteInput links;
  private final ByteInput keys;
  private final ByteInput numbers;
  private final ByteInput floats;
  private final ByteInput lengths;
  private final ByteInput text;
  private final int textStart;

  /** Tokens of links by context; null of those that were not asked for. */
  private final @Nullable ByteInput[] tokens = new ByteInput[LinkContexts.COUNT];

  private final LinkContexts contexts;

  /** No group can have more links than there are bytes of tokens. */
  private final int mostLinks;

  private final OpenNodes open;
  private final int size;
  private int[] memo = new int[256];
  private int memoCount;
  private int[] group = new int[64];

  GraphReplay(Residue residue, GraphBuilder builder, NodeValues values) {
    this.residue = residue;
    this.builder = builder;
    this.values = values;
    ResidueParts parts = residue.parts();
    counts = parts.cursor(ResidueParts.COUNTS);
    gaps = parts.cursor(ResidueParts.GAPS);
    links = parts.cursor(ResidueParts.LINKS);
    keys = parts.cursor(ResidueParts.KEYS);
    numbers = parts.cursor(ResidueParts.NUMBERS);
    floats = parts.cursor(ResidueParts.FLOATS);
    lengths = parts.cursor(ResidueParts.LENGTHS);
    text = parts.cursor(ResidueParts.TEXT);
    textStart = text.position();
    size = residue.size();
    open = new OpenNodes(size);
    contexts = new LinkContexts(size);
    mostLinks = parts.length(ResidueParts.TOKENS) + keys.left();
  }

  private ByteInput tokens(int context) {
    ByteInput known = tokens[context];
    if (known == null) {
      known = residue.parts().tokens(context);
      tokens[context] = known;
    }
    return known;
  }

  void inOrder() throws DamagedException {
    for (int chunk = 0; chunk < residue.parts().chunkCount; chunk++) {
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

  private void make() throws DamagedException {
    int node = builder.size();
    int op = residue.op(node);
    switch (OperandGroups.shape(op)) {
      case LEAF -> leaf(node, op);
      case TUPLE -> {
        int fixed = OperandGroups.fixedSize(op);
        int length = fixed >= 0 ? fixed : counts.count(mostLinks);
        operands(op, length);
        builder.node(op, builder.edges(group, 0, length), length);
      }
      case NODES -> {
        operands(op, 2);
        builder.node(op, group[0], group[1]);
      }
      case NODE -> {
        operands(op, 1);
        builder.node(op, group[0], 0);
      }
      case OBJ, INST -> {
        int arguments = counts.count(mostLinks);
        operands(op, arguments + 1);
        boolean below = OperandGroups.shape(op) == OperandGroups.Shape.OBJ;
        int start = builder.edge(group[below ? 0 : arguments]);
        builder.edge(arguments);
        builder.edges(group, below ? 1 : 0, arguments + (below ? 1 : 0));
        builder.node(op, start, GraphBuilder.NO_CHUNK);
      }
      case PAIR, HOLDING_PAIR, TRIPLE -> {
        int length = OperandGroups.shape(op) == OperandGroups.Shape.TRIPLE ? 3 : 2;
        operands(op, length);
        int start = builder.edges(group, 0, length);
        if (OperandGroups.shape(op) == OperandGroups.Shape.HOLDING_PAIR) {
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

  private void leaf(int node, int op) throws DamagedException {
    if (residue.isTaken(node)) {
      if (!Residue.isValue(op)) {
        throw new DamagedException("the residue takes a value from a node that has none");
      }
      builder.node(values.op(node, op), values.a(node), values.b(node));
    } else if (OperandGroups.isSlice(op)) {
      int length = lengths.count(text.left());
      builder.node(op, text.skip(length) - textStart, length);
    } else if (OperandGroups.isNumber(op)) {
      builder.node(op, (int) numbers.zigzag64(), 0);
    } else if (op == Op.BINFLOAT) {
      int high = floats.int32BigEndian();
      builder.node(op, high, floats.int32BigEndian());
    } else {
      builder.node(op, 0, SaveGraph.hasChunks(op) ? GraphBuilder.NO_CHUNK : 0);
    }
  }

  private void chunk() throws DamagedException {
    int kind = counts.next();
    boolean given = (kind & ResidueWriter.CONTAINER_GIVEN) != 0;
    kind &= ~ResidueWriter.CONTAINER_GIVEN;
    int length = counts.count(mostLinks);
    int container = given ? counts.count(builder.size() - 1) : -1;
    if (kind > ChunkKind.BUILD) {
      throw new DamagedException("the residue adds to what is no container");
    }
    int below = members(kind, length);
    if (!given) {
      container = below;
    }
    if (container < 0 || !SaveGraph.hasChunks(builder.op(container))) {
      throw new DamagedException("the residue adds to what is no container");
    }
    builder.chunk(container, kind, builder.edges(group, 0, length), length);
  }

  private void operands(int op, int length) throws DamagedException {
    room(length);
    int fresh = 0;
    for (int i = 0; i < length; i++) {
      group[i] = link(LinkContexts.operand(op, i));
      fresh += group[i] < 0 ? 1 : 0;
    }
    take(length, fresh);
  }

  /** Reads a chunk's links; returns the open node below those they take. */
  private int members(int kind, int length) throws DamagedException {
    room(length);
    boolean pairs = ResidueWriter.isPairs(kind);
    int fresh = 0;
    for (int i = 0; i < length; i++) {
      if (!pairs) {
        group[i] = link(LinkContexts.member(kind, i));
      } else if (i % 2 == 0) {
        group[i] = key();
      } else {
        group[i] = link(contexts.value(group[i - 1]));
      }
      fresh += group[i] < 0 ? 1 : 0;
    }
    return take(length, fresh);
  }

  private void room(int length) {
    if (length > group.length) {
      group = new int[Math.max(length, group.length * 2)];
    }
  }

  /** A node, or -1 for the next open one. */
  private int key() throws DamagedException {
    long token = keys.varint64();
    if (token == 0) {
      return -1;
    }
    if (token == ResidueWriter.KEY_NODE) {
      return keys.count(builder.size() - 1);
    }
    return memo(token - ResidueWriter.KEY_MEMO);
  }

  /** A node, or -1 for the next open one. */
  private int link(int context) throws DamagedException {
    long token = tokens(context).varint64();
    if (token == 0) {
      return -1;
    }
    if (token == ResidueWriter.LINK_NODE) {
      return links.count(builder.size() - 1);
    }
    if (token != ResidueWriter.LINK_MEMO) {
      return memo(contexts.take(context, token - ResidueWriter.LINK_AGAIN));
    }
    int number = memoCount - links.count(memoCount);
    int node = memo(number);
    contexts.add(context, number);
    return node;
  }

  private int memo(long number) throws DamagedException {
    if (number < 0 || number >= memoCount) {
      throw new DamagedException("the residue refers to a value that was not made");
    }
    return memo[(int) number];
  }

  /** Takes the open nodes into {@link #group}; returns the one below them. */
  private int take(int length, int fresh) throws DamagedException {
    int node = open.fromEnd(0);
    for (int i = length - 1; i >= 0; i--) {
      if (group[i] < 0) {
        if (node < 0) {
          throw new DamagedException("the residue takes a value that was not made");
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

  void explicit() throws DamagedException {
    int edges = residue.parts().edgeCount;
    if (edges > links.left()) {
      throw new DamagedException("the residue has fewer links than it says");
    }
    for (int edge = 0; edge < edges; edge++) {
      builder.edge(links.count(Integer.MAX_VALUE));
    }
    while (builder.size() < size) {
      int node = builder.size();
      int op = residue.op(node);
      switch (OperandGroups.shape(op)) {
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
    for (int chunk = 0; chunk < residue.parts().chunkCount; chunk++) {
      int container = gaps.count(size - 1);
      int kind = gaps.next();
      int start = gaps.count(edges);
      if (kind > ChunkKind.BUILD || !SaveGraph.hasChunks(builder.op(container))) {
        throw new DamagedException("the residue adds to what is no container");
      }
      builder.chunk(container, kind, start, gaps.count(edges - start));
    }
  }
}
