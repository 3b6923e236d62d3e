package io.picklift.codec.model;

/**
 * How many pickles a value holds, and what they are together. The graph's root stands for all of
 * them; it is in none of the pickles, and says where the root of each one is.
 */
public enum Records {
  /** One pickle, as nearly all values are. */
  SINGLE(0),

  /** Pickles one after the other: the root is a {@link Op#LIST} of theirs. */
  STREAM(1),

  /** The same by one pickler, whose memo goes on from pickle to pickle. */
  STREAM_OF_ONE_MEMO(2),

  /**
   * A record of ZODB: a class, and the state of an object of it. The root is a {@link Op#NEWOBJ} of
   * the class without arguments, built with the state.
   */
  ZODB(3),

  /** The same by one pickler, as ZODB writes them. */
  ZODB_OF_ONE_MEMO(4),

  /**
   * A record of ZODB whose class comes with arguments, as {@code __getnewargs__} gives them: the
   * root is an {@link Op#NEWOBJ} of that class with these arguments, built with the state.
   */
  ZODB_WITH_ARGUMENTS(5),

  /** The same by one pickler. */
  ZODB_WITH_ARGUMENTS_OF_ONE_MEMO(6);

  /** The highest {@link #code}. */
  public static final int LAST_CODE = 6;

  private static final int[] NONE = {};

  private final int code;

  Records(int code) {
    this.code = code;
  }

  /** The number that graphs and residues have for it. */
  public int code() {
    return code;
  }

  /** The value of a {@link #code}; {@link #SINGLE} for one that is not known. */
  public static Records of(int code) {
    for (Records records : values()) {
      if (records.code == code) {
        return records;
      }
    }
    return SINGLE;
  }

  public boolean isZodb() {
    return this == ZODB || this == ZODB_OF_ONE_MEMO || isWithArguments();
  }

  private boolean isWithArguments() {
    return this == ZODB_WITH_ARGUMENTS || this == ZODB_WITH_ARGUMENTS_OF_ONE_MEMO;
  }

  public boolean isOfOneMemo() {
    return this == STREAM_OF_ONE_MEMO
        || this == ZODB_OF_ONE_MEMO
        || this == ZODB_WITH_ARGUMENTS_OF_ONE_MEMO;
  }

  /**
   * The roots of a graph's pickles; none where its root is not one that stands for such records.
   */
  public int[] roots(SaveGraph graph) {
    int root = graph.root();
    if (this == SINGLE) {
      return new int[] {root};
    }
    int op = graph.op(root);
    if (op != (isZodb() ? Op.NEWOBJ : Op.LIST)) {
      return NONE;
    }
    int last = graph.b(root);
    int chunk = graph.firstChunk(last);
    int kind = isZodb() ? ChunkKind.BUILD : ChunkKind.INITIAL;
    if (chunk < 0 || chunk != last || graph.chunkKind(chunk) != kind) {
      return NONE;
    }
    if (isZodb()) {
      int cls = graph.edge(graph.a(root));
      int arguments = graph.edge(graph.a(root) + 1);
      int first = isWithArguments() ? classTuple(graph, cls, arguments) : cls;
      boolean isRecord = isWithArguments() || graph.op(arguments) == Op.EMPTY_TUPLE;
      return isRecord && first >= 0 ? new int[] {first, graph.edge(graph.chunkStart(chunk))} : NONE;
    }
    int[] roots = new int[graph.chunkLength(chunk)];
    for (int i = 0; i < roots.length; i++) {
      roots[i] = graph.edge(graph.chunkStart(chunk) + i);
    }
    return roots;
  }

  /** The first pickle's root: the tuple of the class and its arguments; -1 where there is none. */
  private static int classTuple(SaveGraph graph, int cls, int arguments) {
    for (int node = 0; node < graph.root(); node++) {
      if (isClassTuple(graph, node)
          && graph.edge(graph.a(node)) == cls
          && graph.edge(graph.a(node) + 1) == arguments) {
        return node;
      }
    }
    return -1;
  }

  /** Whether a node is {@code (class, arguments)}, as ZODB writes it ahead of a state. */
  public static boolean isClassTuple(SaveGraph graph, int node) {
    int op = graph.op(node);
    if ((op != Op.TUPLE && op != Op.TUPLE2) || graph.b(node) != 2) {
      return false;
    }
    return graph.kind(graph.edge(graph.a(node))) == Kind.GLOBAL
        && graph.kind(graph.edge(graph.a(node) + 1)) == Kind.TUPLE;
  }
}
