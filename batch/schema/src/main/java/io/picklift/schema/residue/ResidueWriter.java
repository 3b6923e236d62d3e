package io.picklift.schema.residue;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.picklift.codec.Memory;
import io.picklift.codec.bytes.ByteOutput;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.model.ChunkKind;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import java.util.Arrays;

/**
 * Writes a graph without the values that rows hold. The graph is followed in the order of its
 * pickle: a node that was made and not yet used needs no number to be referred to, as on the pickle
 * machine's stack. Where a graph is not of that order (values were popped), its parts are written
 * with explicit numbers.
 */
public final class ResidueWriter {
  /** In an op's byte: the value is in a row, and the op is the one that stands for its kind. */
  static final int TAKEN = 0x80;

  static final int PUT = 0x40;

  /** In a chunk's kind: its container is given. */
  static final int CONTAINER_GIVEN = 0x40;

  static final int IN_ORDER = 0;
  static final int EXPLICIT = 1;

  /** Tokens of keys: 0 is the next open node, 1 a number follows, from here on a memo number. */
  static final int KEY_NODE = 1;

  static final int KEY_MEMO = 2;

  /**
   * Tokens of all other links: 0 is the next open node; of these two the number stands apart, a
   * node's or by how much less than their count so far a memo's; from the next on a place in the
   * list of {@link LinkContexts}.
   */
  static final int LINK_NODE = 1;

  static final int LINK_MEMO = 2;

  static final int LINK_AGAIN = 3;

  private static final int COMPRESSION = 9;

  /** In tables by node. */
  private static final int BYTES_A_NODE = 6 * Integer.BYTES;

  /** About what a link takes: most are one byte. */
  private static final int EDGE = 2;

  private static final int CHUNK = 2 * Integer.BYTES;

  /** An op that says that nothing was taken. */
  public static final byte KEPT = -1;

  private final SaveGraph graph;
  private final byte[] taken;
  private final int[] memoNumbers;
  private final OpenNodes open;
  private final ByteOutput ops = new ByteOutput();
  private final ByteOutput counts = new ByteOutput();
  private final ByteOutput gaps = new ByteOutput();

  /** Numbers of links that their token does not give. */
  private final ByteOutput links = new ByteOutput();

  /** Tokens of links, those of each context together. */
  private final ByteOutput[] tokens = new ByteOutput[LinkContexts.COUNT];

  private final int[] tokenCounts = new int[LinkContexts.COUNT];

  private final LinkContexts contexts;

  /**
   * Links of keys: those of one class are always the same, which compresses best apart from others.
   */
  private final ByteOutput keys = new ByteOutput();

  private final ByteOutput numbers = new ByteOutput();
  private final ByteOutput floats = new ByteOutput();
  private final ByteOutput lengths = new ByteOutput();
  private final ByteOutput text = new ByteOutput();
  private int[] group = new int[64];
  private boolean[] isFresh = new boolean[64];

  /** For each node the last group in which it was fresh. */
  private final int[] freshIn;

  /** Memo numbers of the nodes made so far. */
  private int memoCount;

  /** Whether something was referred to before it was made. */
  private boolean isAhead;

  private int groups;
  private int edgesDone;

  private ResidueWriter(SaveGraph graph, byte[] taken) {
    this.graph = graph;
    this.taken = taken;
    memoNumbers = new int[graph.size()];
    contexts = new LinkContexts(graph.size());
    open = new OpenNodes(graph.size());
    freshIn = new int[graph.size()];
    int memo = 0;
    for (int node = 0; node < graph.size(); node++) {
      memoNumbers[node] = graph.isPut(node) ? memo++ : -1;
    }
  }

  /**
   * Writes a residue.
   *
   * @param taken for each node the op that stands for its kind where its value is in a row, else
   *     {@link #KEPT}
   * @param notes of dates with a zone or fold
   * @param memory what may be taken beside the graph
   */
  public static byte[] write(SaveGraph graph, byte[] taken, ValueNotes notes, Memory memory)
      throws LimitException {
    memory.need(footprint(graph, taken));
    ResidueWriter writer = new ResidueWriter(graph, taken);
    int order = IN_ORDER;
    if (!writer.inOrder()) {
      writer = new ResidueWriter(graph, taken);
      writer.explicit();
      order = EXPLICIT;
    }
    return writer.finish(order, notes);
  }

  /** At most: the parts double while they grow, and are put together before they are packed. */
  private static long footprint(SaveGraph graph, byte[] taken) {
    long plain = graph.size() + EDGE * (long) graph.edgeCount() + CHUNK * (long) graph.chunkCount();
    for (int node = 0; node < graph.size(); node++) {
      if (taken[node] == KEPT) {
        plain += OperandGroups.isSlice(graph.op(node)) ? graph.b(node) + 1L : 1;
      }
    }
    return BYTES_A_NODE * (long) graph.size() + 6 * plain;
  }

  private byte[] finish(int order, ValueNotes notes) {
    ByteOutput contexts = new ByteOutput();
    ByteOutput tokens = tokens(contexts);
    ByteOutput[] parts = new ByteOutput[ResidueParts.COUNT];
    parts[ResidueParts.OPS] = ops;
    parts[ResidueParts.COUNTS] = counts;
    parts[ResidueParts.GAPS] = gaps;
    parts[ResidueParts.LINKS] = links;
    parts[ResidueParts.KEYS] = keys;
    parts[ResidueParts.NUMBERS] = numbers;
    parts[ResidueParts.FLOATS] = floats;
    parts[ResidueParts.LENGTHS] = lengths;
    parts[ResidueParts.TOKENS] = tokens;
    parts[ResidueParts.TEXT] = text;
    notes.write(parts);
    return pack(ResidueMessage.write(order, graph, contexts, parts));
  }

  /** With a checksum: a residue is read years later, and nothing else tells that it is damaged. */
  private static byte[] pack(ByteOutput plain) {
    byte[] packed = new byte[(int) Zstd.compressBound(plain.size()) + 1];
    packed[0] = ResidueMessage.VERSION;
    ZstdCompressCtx context = ZstdContexts.COMPRESS.take();
    try {
      context.setLevel(COMPRESSION).setChecksum(true);
      int length =
          context.compressByteArray(packed, 1, packed.length - 1, plain.array(), 0, plain.size());
      return Arrays.copyOf(packed, length + 1);
    } finally {
      ZstdContexts.COMPRESS.giveBack(context);
    }
  }

  /**
   * The tokens of all contexts, one after the other.
   *
   * @param contexts gets for each that has any its number, less the one before, and how many
   */
  private ByteOutput tokens(ByteOutput contexts) {
    ByteOutput all = new ByteOutput();
    int last = 0;
    for (int context = 0; context < tokens.length; context++) {
      ByteOutput some = tokens[context];
      if (some != null) {
        contexts.varint64(context - last);
        contexts.varint64(tokenCounts[context]);
        last = context;
        all.put(some.array(), 0, some.size());
      }
    }
    return all;
  }

  /** Follows the graph as its pickle made it; false where that is not how its arrays lie. */
  private boolean inOrder() {
    int[] containers = containers();
    int[] nextGroup = nextGroups();
    int node = 0;
    for (int chunk = 0; chunk < graph.chunkCount(); chunk++) {
      int container = containers[chunk];
      if (container < 0) {
        return false;
      }
      int until = Math.max(node, container + 1);
      int start = graph.chunkStart(chunk);
      int length = graph.chunkLength(chunk);
      for (int edge = start; edge < start + length; edge++) {
        until = Math.max(until, graph.edge(edge) + 1);
      }
      while (nextGroup[until] < graph.size() && graph.a(nextGroup[until]) < start) {
        until = nextGroup[until] + 1;
      }
      gaps.varint64(until - node);
      for (; node < until; node++) {
        if (!made(node)) {
          return false;
        }
      }
      if (start != edgesDone) {
        return false;
      }
      edgesDone += length;
      chunk(chunk, container);
    }
    for (; node < graph.size(); node++) {
      if (!made(node)) {
        return false;
      }
    }
    return edgesDone == graph.edgeCount() && !isAhead;
  }

  /** For each chunk the node it belongs to. */
  private int[] containers() {
    int[] containers = new int[graph.chunkCount()];
    Arrays.fill(containers, -1);
    for (int node = 0; node < graph.size(); node++) {
      if (SaveGraph.hasChunks(graph.op(node))) {
        int last = graph.b(node);
        for (int c = graph.firstChunk(last); c >= 0; c = graph.nextChunk(c, last)) {
          containers[c] = node;
        }
      }
    }
    return containers;
  }

  /** For each node the first one from there on that has edges of its own. */
  private int[] nextGroups() {
    int[] next = new int[graph.size() + 1];
    next[graph.size()] = graph.size();
    for (int node = graph.size() - 1; node >= 0; node--) {
      boolean edges =
          switch (OperandGroups.shape(graph.op(node))) {
            case LEAF, NODES, NODE -> false;
            default -> true;
          };
      next[node] = edges ? node : next[node + 1];
    }
    return next;
  }

  private void chunk(int chunk, int container) {
    int start = graph.chunkStart(chunk);
    int length = graph.chunkLength(chunk);
    room(length);
    for (int i = 0; i < length; i++) {
      group[i] = graph.edge(start + i);
    }
    int fresh = fresh(length);
    int below = fresh < 0 ? -1 : open.fromEnd(fresh);
    boolean given = below != container;
    counts.put(graph.chunkKind(chunk) | (given ? CONTAINER_GIVEN : 0));
    counts.varint64(length);
    if (given) {
      counts.varint64(container);
    }
    int kind = graph.chunkKind(chunk);
    if (isPairs(kind)) {
      linkPairs(length, fresh >= 0);
    } else {
      for (int i = 0; i < length; i++) {
        link(i, fresh >= 0, LinkContexts.member(kind, i));
      }
    }
    taken(length);
  }

  /** Whether every other edge of such a chunk is a key. */
  static boolean isPairs(int chunkKind) {
    return chunkKind == ChunkKind.SETITEMS || chunkKind == ChunkKind.SETITEM;
  }

  /** Writes a node and what it refers to; false where its edges lie elsewhere. */
  private boolean made(int node) {
    op(node);
    OperandGroups.Shape shape = OperandGroups.shape(graph.op(node));
    if (shape != OperandGroups.Shape.LEAF && !group(node, shape)) {
      return false;
    }
    memoCount += graph.isPut(node) ? 1 : 0;
    open.push(node);
    return true;
  }

  private boolean group(int node, OperandGroups.Shape shape) {
    int a = graph.a(node);
    if (shape == OperandGroups.Shape.NODES || shape == OperandGroups.Shape.NODE) {
      group[0] = a;
      group[1] = graph.b(node);
      int size = shape == OperandGroups.Shape.NODES ? 2 : 1;
      operands(node, size);
      return true;
    }
    if (a != edgesDone) {
      return false;
    }
    int size = collect(node, shape, a);
    operands(node, size);
    return true;
  }

  private void operands(int node, int size) {
    boolean ordered = fresh(size) >= 0;
    for (int i = 0; i < size; i++) {
      link(i, ordered, LinkContexts.operand(graph.op(node), i));
    }
    taken(size);
  }

  /** Puts the node's edges into {@link #group}, in the order of the stack; returns how many. */
  private int collect(int node, OperandGroups.Shape shape, int a) {
    switch (shape) {
      case TUPLE -> {
        int size = graph.b(node);
        room(size);
        for (int i = 0; i < size; i++) {
          group[i] = graph.edge(a + i);
        }
        if (OperandGroups.fixedSize(graph.op(node)) < 0) {
          counts.varint64(size);
        }
        edgesDone += size;
        return size;
      }
      case OBJ, INST -> {
        int arguments = graph.edge(a + 1);
        room(arguments + 1);
        int first = shape == OperandGroups.Shape.OBJ ? 1 : 0;
        for (int i = 0; i < arguments; i++) {
          group[first + i] = graph.edge(a + 2 + i);
        }
        group[shape == OperandGroups.Shape.OBJ ? 0 : arguments] = graph.edge(a);
        counts.varint64(arguments);
        edgesDone += arguments + 2;
        return arguments + 1;
      }
      default -> {
        int size = shape == OperandGroups.Shape.TRIPLE ? 3 : 2;
        for (int i = 0; i < size; i++) {
          group[i] = graph.edge(a + i);
        }
        edgesDone += size;
        if (shape == OperandGroups.Shape.HOLDING_PAIR) {
          counts.varint64(graph.edge(a + 2));
          edgesDone++;
        }
        return size;
      }
    }
  }

  /**
   * How many of the group are the last open nodes, in their order, which {@link #freshIn} then
   * notes; -1 where others are open.
   */
  private int fresh(int size) {
    groups++;
    int expected = open.fromEnd(0);
    int fresh = 0;
    for (int i = size - 1; i >= 0; i--) {
      int target = group[i];
      isFresh[i] = target == expected;
      if (isFresh[i]) {
        freshIn[target] = groups;
        fresh++;
        expected = open.previous(expected);
      } else if (open.contains(target) && freshIn[target] != groups) {
        return -1;
      }
    }
    return fresh;
  }

  private void linkPairs(int size, boolean ordered) {
    for (int i = 0; i < size; i += 2) {
      int key = group[i];
      boolean isNew = ordered && isFresh[i];
      if (isNew) {
        keys.put(0);
      } else if (memoNumbers[key] >= 0) {
        keys.varint64(memoNumbers[key] + KEY_MEMO);
      } else {
        keys.put(KEY_NODE);
        keys.varint64(key);
      }
      if (i + 1 < size) {
        link(i + 1, ordered, contexts.value(isNew ? -1 : key));
      }
    }
  }

  private void link(int member, boolean ordered, int context) {
    ByteOutput to = tokens[context];
    if (to == null) {
      to = new ByteOutput();
      tokens[context] = to;
    }
    tokenCounts[context]++;
    int memo = memoNumbers[group[member]];
    if (ordered && isFresh[member]) {
      to.put(0);
    } else if (memo < 0) {
      to.put(LINK_NODE);
      links.varint64(group[member]);
    } else {
      int place = contexts.find(context, memo);
      if (place >= 0) {
        to.varint64(place + LINK_AGAIN);
      } else {
        isAhead |= memo >= memoCount;
        to.put(LINK_MEMO);
        links.varint64(memoCount - memo);
        contexts.add(context, memo);
      }
    }
  }

  private void taken(int size) {
    for (int i = 0; i < size; i++) {
      open.remove(group[i]);
    }
  }

  private void op(int node) {
    int op = graph.op(node);
    int put = graph.isPut(node) ? PUT : 0;
    if (taken[node] != KEPT) {
      ops.put(taken[node] | put | TAKEN);
      return;
    }
    ops.put(op | put);
    if (OperandGroups.isSlice(op)) {
      lengths.varint64(graph.b(node));
      text.put(graph.source(), graph.a(node), graph.b(node));
    } else if (OperandGroups.isNumber(op)) {
      numbers.zigzag64(graph.a(node));
    } else if (op == Op.BINFLOAT) {
      floats.int32BigEndian(graph.a(node));
      floats.int32BigEndian(graph.b(node));
    }
  }

  private void explicit() {
    for (int edge = 0; edge < graph.edgeCount(); edge++) {
      links.varint64(graph.edge(edge));
    }
    for (int node = 0; node < graph.size(); node++) {
      op(node);
      switch (OperandGroups.shape(graph.op(node))) {
        case LEAF -> {}
        case TUPLE, NODES -> {
          counts.varint64(graph.a(node));
          counts.varint64(graph.b(node));
        }
        default -> counts.varint64(graph.a(node));
      }
    }
    int[] containers = containers();
    for (int chunk = 0; chunk < graph.chunkCount(); chunk++) {
      gaps.varint64(containers[chunk]);
      gaps.put(graph.chunkKind(chunk));
      gaps.varint64(graph.chunkStart(chunk));
      gaps.varint64(graph.chunkLength(chunk));
    }
  }

  private void room(int size) {
    if (size > group.length) {
      group = Arrays.copyOf(group, Math.max(size, group.length * 2));
      isFresh = Arrays.copyOf(isFresh, group.length);
    }
  }
}
