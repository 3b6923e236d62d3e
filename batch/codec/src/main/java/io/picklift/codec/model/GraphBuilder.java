package io.picklift.codec.model;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Collects the nodes of a {@link SaveGraph}. One builder serves many saves, one after the other, so
 * that its arrays grow once; it is not for more than one thread. Callers give what {@link Op} says;
 * nothing is checked here but indexes.
 */
public final class GraphBuilder {
  /** Operand b of a container that nothing was added to. */
  public static final int NO_CHUNK = -1;

  private static final int INITIAL_NODES = 256;

  /** The arrays of a graph of more are its own, and not kept for the next. */
  private static final int LARGE = 1 << 20;

  /** So many chunks are counted each time rather than remembered. */
  private static final int FEW_CHUNKS = 32;

  private byte[] source = new byte[0];
  private byte[] ops = new byte[INITIAL_NODES];
  private int[] a = new int[INITIAL_NODES];
  private int[] b = new int[INITIAL_NODES];
  private int nodes;
  private int[] edges = new int[INITIAL_NODES];
  private int edgeCount;
  private byte[] chunkKinds = new byte[INITIAL_NODES];
  private int[] chunkStarts = new int[INITIAL_NODES];
  private int[] chunkCounts = new int[INITIAL_NODES];
  private int[] chunkNexts = new int[INITIAL_NODES];
  private int chunks;
  private int[] discards = new int[0];
  private int discardCount;

  /** Containers of many chunks that were counted: the last chunk then, and the members up to it. */
  private final Map<Integer, Counted> counted = new HashMap<>();

  private record Counted(int chunk, int members) {}

  /** Starts a new graph whose slices are of {@code source}. */
  public GraphBuilder reset(byte[] source) {
    this.source = source;
    nodes = 0;
    edgeCount = 0;
    chunks = 0;
    discardCount = 0;
    counted.clear();
    return this;
  }

  /** Adds a node with operands as {@link Op} says; returns its index. */
  public int node(int op, int first, int second) {
    int node = nodes;
    if (node == ops.length) {
      growNodes();
    }
    ops[node] = (byte) op;
    a[node] = first;
    b[node] = second;
    nodes = node + 1;
    return node;
  }

  public int size() {
    return nodes;
  }

  public int op(int node) {
    return ops[node] & SaveGraph.OP_MASK;
  }

  public int a(int node) {
    return a[node];
  }

  public int b(int node) {
    return b[node];
  }

  /** Adds one edge; returns its index. */
  public int edge(int target) {
    if (edgeCount == edges.length) {
      edges = Arrays.copyOf(edges, grown(edgeCount, 1));
    }
    edges[edgeCount] = target;
    return edgeCount++;
  }

  /**
   * Adds edges {@code targets[from]} to {@code targets[to - 1]}; returns the index of the first.
   */
  public int edges(int[] targets, int from, int to) {
    int start = edgeCount;
    int count = to - from;
    if (start + count > edges.length) {
      edges = Arrays.copyOf(edges, grown(start, count));
    }
    if (count <= 8) {
      for (int i = 0; i < count; i++) {
        edges[start + i] = targets[from + i];
      }
    } else {
      System.arraycopy(targets, from, edges, start, count);
    }
    edgeCount = start + count;
    return start;
  }

  public int edgeCount() {
    return edgeCount;
  }

  public int chunkCount() {
    return chunks;
  }

  public int edgeAt(int index) {
    return edges[index];
  }

  /** Appends to {@code container} (one whose operand b is its last chunk) a chunk of edges. */
  public void chunk(int container, int kind, int start, int length) {
    int last = b[container];
    if (last >= 0 && mergeable(kind, last, start)) {
      chunkCounts[last] += length;
      return;
    }
    int chunk = chunks;
    if (chunk == chunkKinds.length) {
      growChunks();
    }
    chunkKinds[chunk] = (byte) kind;
    chunkStarts[chunk] = start;
    chunkCounts[chunk] = length;
    if (last < 0) {
      chunkNexts[chunk] = chunk;
    } else {
      chunkNexts[chunk] = chunkNexts[last];
      chunkNexts[last] = chunk;
    }
    b[container] = chunk;
    chunks = chunk + 1;
  }

  private boolean mergeable(int kind, int last, int start) {
    return (kind == ChunkKind.APPEND || kind == ChunkKind.SETITEM)
        && chunkKinds[last] == kind
        && chunkStarts[last] + chunkCounts[last] == start;
  }

  /** How many edges of the container's chunks are items ({@code pairs} false) or pairs (true). */
  public int countMembers(int container, boolean pairs) {
    int last = b[container];
    if (last < 0) {
      return 0;
    }
    int count = membersOf(last);
    if (chunkNexts[last] != last) {
      count = countChunks(container, last);
    }
    return pairs ? count / 2 : count;
  }

  private int membersOf(int chunk) {
    return chunkKinds[chunk] == ChunkKind.BUILD ? 0 : chunkCounts[chunk];
  }

  /**
   * All but the last, which may still grow, are counted once: a pickle may ask as often as it has
   * bytes.
   */
  private int countChunks(int container, int last) {
    Counted before = counted.get(container);
    int count = before == null ? 0 : before.members();
    int chunk = before == null ? last : before.chunk();
    int steps = 0;
    for (int next = chunkNexts[chunk]; next != last; next = chunkNexts[next]) {
      count += membersOf(next);
      chunk = next;
      steps++;
    }
    if (steps > FEW_CHUNKS) {
      counted.put(container, new Counted(chunk, count));
    }
    return count + membersOf(last);
  }

  /** Sets the two flags of a node as they stand in {@code opByte}; see {@link SaveGraph#opByte}. */
  public void setFlags(int node, int opByte) {
    ops[node] = (byte) ((ops[node] & SaveGraph.OP_MASK) | (opByte & ~SaveGraph.OP_MASK));
  }

  /** Notes that a memo {@code PUT} follows the value. */
  public void markPut(int node) {
    ops[node] |= SaveGraph.PUT;
  }

  public boolean isPut(int node) {
    return (ops[node] & SaveGraph.PUT) != 0;
  }

  /** Notes that {@code made} was thrown away for {@code kept}; see {@link SaveGraph#discards}. */
  public void discard(int made, int kept) {
    if (discardCount == discards.length) {
      discards = Arrays.copyOf(discards, Math.max(16, discardCount * 2));
    }
    discards[discardCount] = made;
    discards[discardCount + 1] = kept;
    discardCount += 2;
  }

  /** Notes that {@code READONLY_BUFFER} follows the value. */
  public void markReadonly(int node) {
    ops[node] |= (byte) SaveGraph.READONLY;
  }

  public boolean isReadonly(int node) {
    return (ops[node] & SaveGraph.READONLY) != 0;
  }

  /**
   * The most bytes of heap that the graph takes while it is built: its arrays with the room to grow
   * that they have, and the longest one's copy.
   */
  public long footprint() {
    long longest = Math.max(Math.max(nodes, edgeCount), chunks);
    return SaveGraph.footprint(nodes, edgeCount, chunks) / 2 * 3
        + Integer.BYTES * longest
        + 3L * Integer.BYTES * discardCount;
  }

  /** The graph of all that was added since {@link #reset}. */
  public SaveGraph build(int root, PickleStyle style) {
    return build(source, root, style);
  }

  /** The same, for nodes whose slices are of {@code source}. */
  public SaveGraph build(byte[] source, int root, PickleStyle style) {
    if (Math.max(Math.max(nodes, edgeCount), chunks) > LARGE) {
      return handOver(source, root, style);
    }
    return new SaveGraph(
        source,
        Arrays.copyOf(ops, nodes),
        Arrays.copyOf(a, nodes),
        Arrays.copyOf(b, nodes),
        Arrays.copyOf(edges, edgeCount),
        Arrays.copyOf(chunkKinds, chunks),
        Arrays.copyOf(chunkStarts, chunks),
        Arrays.copyOf(chunkCounts, chunks),
        Arrays.copyOf(chunkNexts, chunks),
        Arrays.copyOf(discards, discardCount),
        root,
        style);
  }

  /** The same, with each array let go when it is copied: the two are not there at once. */
  private SaveGraph handOver(byte[] source, int root, PickleStyle style) {
    ops = Arrays.copyOf(ops, nodes);
    a = Arrays.copyOf(a, nodes);
    b = Arrays.copyOf(b, nodes);
    edges = Arrays.copyOf(edges, edgeCount);
    chunkKinds = Arrays.copyOf(chunkKinds, chunks);
    chunkStarts = Arrays.copyOf(chunkStarts, chunks);
    chunkCounts = Arrays.copyOf(chunkCounts, chunks);
    chunkNexts = Arrays.copyOf(chunkNexts, chunks);
    discards = Arrays.copyOf(discards, discardCount);
    SaveGraph graph =
        new SaveGraph(
            source,
            ops,
            a,
            b,
            edges,
            chunkKinds,
            chunkStarts,
            chunkCounts,
            chunkNexts,
            discards,
            root,
            style);
    release();
    return graph;
  }

  /** Lets go of everything where a large save made it large: the next ones are mostly small. */
  public void shrink() {
    reset(new byte[0]);
    if (Math.max(Math.max(ops.length, edges.length), chunkKinds.length) > 2 * LARGE) {
      release();
    }
  }

  private void release() {
    ops = new byte[INITIAL_NODES];
    a = new int[INITIAL_NODES];
    b = new int[INITIAL_NODES];
    edges = new int[INITIAL_NODES];
    chunkKinds = new byte[INITIAL_NODES];
    chunkStarts = new int[INITIAL_NODES];
    chunkCounts = new int[INITIAL_NODES];
    chunkNexts = new int[INITIAL_NODES];
    discards = new int[0];
    reset(new byte[0]);
  }

  private void growNodes() {
    int size = grown(nodes, 1);
    ops = Arrays.copyOf(ops, size);
    a = Arrays.copyOf(a, size);
    b = Arrays.copyOf(b, size);
  }

  private void growChunks() {
    int size = grown(chunks, 1);
    chunkKinds = Arrays.copyOf(chunkKinds, size);
    chunkStarts = Arrays.copyOf(chunkStarts, size);
    chunkCounts = Arrays.copyOf(chunkCounts, size);
    chunkNexts = Arrays.copyOf(chunkNexts, size);
  }

  private static int grown(int used, int more) {
    return Math.max(Math.addExact(used, more), used + (used >> 1));
  }
}
