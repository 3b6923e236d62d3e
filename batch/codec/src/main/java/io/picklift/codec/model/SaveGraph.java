package io.picklift.codec.model;

/**
 * One decoded save: a flat arena of nodes that refer to each other by index, so that depth costs
 * nothing and cycles need nothing special. Immutable. It says how every value was written ({@link
 * Op}); what the values mean is asked of {@code io.picklift.codec.meaning.Meaning}.
 *
 * <p>Nodes are numbered in the order in which the pickle makes them. Text, bytes and long integers
 * are slices of {@link #source()}. The arrays that a caller gets are the graph's own: do not write
 * to them.
 */
public final class SaveGraph {
  /** In {@link #opByte}: the op's six bits. */
  public static final int OP_MASK = 0x3f;

  /** In {@link #opByte}: a memo {@code PUT} or {@code MEMOIZE} follows the value. */
  public static final int PUT = 0x40;

  /** In {@link #opByte}: {@code READONLY_BUFFER} follows the value. */
  static final int READONLY = 0x80;

  private final byte[] source;
  private final byte[] ops;
  private final int[] a;
  private final int[] b;
  private final int[] edges;
  private final byte[] chunkKinds;
  private final int[] chunkStarts;
  private final int[] chunkCounts;
  private final int[] chunkNexts;
  private final int[] discards;
  private final int root;
  private final PickleStyle style;

  SaveGraph(
      byte[] source,
      byte[] ops,
      int[] a,
      int[] b,
      int[] edges,
      byte[] chunkKinds,
      int[] chunkStarts,
      int[] chunkCounts,
      int[] chunkNexts,
      int[] discards,
      int root,
      PickleStyle style) {
    this.source = source;
    this.ops = ops;
    this.a = a;
    this.b = b;
    this.edges = edges;
    this.chunkKinds = chunkKinds;
    this.chunkStarts = chunkStarts;
    this.chunkCounts = chunkCounts;
    this.chunkNexts = chunkNexts;
    this.discards = discards;
    this.root = root;
    this.style = style;
  }

  /** The bytes of heap that the arrays of a graph take, its source apart. */
  static long footprint(long nodes, long edges, long chunks) {
    return nodes * (1 + 2 * Integer.BYTES)
        + edges * Integer.BYTES
        + chunks * (1 + 3 * Integer.BYTES);
  }

  /** The bytes of heap that the graph takes. */
  public long footprint() {
    return source.length
        + footprint(ops.length, edges.length, chunkKinds.length)
        + (long) Integer.BYTES * discards.length
        + (long) Long.BYTES * style.frames().length
        + style.trailing().length;
  }

  /** The bytes that text, bytes and long integers are slices of. */
  public byte[] source() {
    return source;
  }

  /** How many nodes there are; nodes are 0 to this, exclusive. */
  public int size() {
    return ops.length;
  }

  /** The node of the save itself. */
  public int root() {
    return root;
  }

  /**
   * What picklers made and threw away: pairs of (object that {@code POP} took off, object that a
   * get put in its place), in the order of the pickle. An object whose arguments lead back to it is
   * written so ({@code save_reduce} in {@code Modules/_pickle.c}), and the one thrown away may hold
   * parts of its own. Or, where the first is a {@code REDUCE} of (the second, a state): the call
   * that set the second one's state.
   */
  public int[] discards() {
    return discards;
  }

  public PickleStyle style() {
    return style;
  }

  /** A constant of {@link Op}. */
  public int op(int node) {
    return ops[node] & OP_MASK;
  }

  public Kind kind(int node) {
    return Op.kind(ops[node] & OP_MASK);
  }

  /** Whether a memo {@code PUT} follows the value where it is made. */
  public boolean isPut(int node) {
    return (ops[node] & PUT) != 0;
  }

  /** Whether {@code READONLY_BUFFER} follows the value where it is made. */
  public boolean isReadonly(int node) {
    return (ops[node] & READONLY) != 0;
  }

  /** The op with its two flags, as one unsigned byte. */
  public int opByte(int node) {
    return ops[node] & 0xff;
  }

  /** Takes all op bytes at once, in the order of the nodes. */
  public interface OpSink {
    void take(byte[] ops, int offset, int length);
  }

  public void copyOps(OpSink sink) {
    sink.take(ops, 0, ops.length);
  }

  /** First operand; see {@link Op}. */
  public int a(int node) {
    return a[node];
  }

  /** Second operand; see {@link Op}. */
  public int b(int node) {
    return b[node];
  }

  public int edgeCount() {
    return edges.length;
  }

  /** What edge {@code index} refers to: a node, but for the counts that {@link Op} names. */
  public int edge(int index) {
    return edges[index];
  }

  /** All edges, for whoever goes through very many. */
  public int[] edges() {
    return edges;
  }

  public int chunkCount() {
    return chunkKinds.length;
  }

  /** The first chunk of a container whose last one is {@code last} (its operand b), or -1. */
  public int firstChunk(int last) {
    return last < 0 ? -1 : chunkNexts[last];
  }

  /** The chunk after {@code chunk} in the container whose last one is {@code last}, or -1. */
  public int nextChunk(int chunk, int last) {
    return chunk == last ? -1 : chunkNexts[chunk];
  }

  /** A constant of {@link ChunkKind}. */
  public int chunkKind(int chunk) {
    return chunkKinds[chunk];
  }

  /** The chunk's first edge. */
  public int chunkStart(int chunk) {
    return chunkStarts[chunk];
  }

  /** How many edges the chunk has: two for each pair. */
  public int chunkLength(int chunk) {
    return chunkCounts[chunk];
  }

  /** Whether operand b of {@code op} is a container's last chunk. */
  public static boolean hasChunks(int op) {
    return switch (op) {
      case Op.LIST, Op.EMPTY_LIST, Op.DICT, Op.EMPTY_DICT, Op.EMPTY_SET -> true;
      default -> isConstructed(op);
    };
  }

  /**
   * Whether {@code op} calls something or makes an object: operand a leads to the callable and its
   * arguments.
   */
  public static boolean isConstructed(int op) {
    return (op >= Op.INST && op <= Op.NEWOBJ_EX) || op >= Op.REDUCE;
  }
}
