package io.picklift.codec.meaning;

import io.picklift.codec.model.ChunkKind;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;

/**
 * About how many bytes of heap the steps take that are made of a graph: at most, and told before
 * they are taken. Only a large graph is counted; of a small one it is enough to know that it is.
 */
public final class MemoryEstimate {
  /**
   * What no node costs more than in all that is counted here, with the bytes of the source apart.
   */
  private static final int NODE_AT_MOST = 1_000;

  private static final int SOURCE_AT_MOST = 6;

  /**
   * What a value takes for each slot of a {@link ValueHashTable} and of the tables of what was met.
   */
  private static final int VALUE = 52;

  /** The span of a list, dict or set of several chunks, or of what a fold took, with its entry. */
  private static final int SPAN = 64;

  /** The spans of an object or call with several chunks, likewise. */
  private static final int PARTS = 200;

  /** A hash, or a number made once, with its entry in a map. */
  private static final int KEPT = 160;

  private static final int LONG = 64;

  private final SaveGraph graph;
  private long holders;
  private long names;
  private long values;
  private long joined;
  private long persids;
  private long kept;
  private long tupleMembers;
  private boolean tupleKeys;

  private MemoryEstimate(SaveGraph graph) {
    this.graph = graph;
  }

  /** Counts the graph, unless it takes less than {@code enough} in any case. */
  public static MemoryEstimate of(SaveGraph graph, long enough) {
    MemoryEstimate footprint = new MemoryEstimate(graph);
    long most =
        NODE_AT_MOST * ((long) graph.size() + graph.edgeCount())
            + SOURCE_AT_MOST * (long) graph.source().length;
    if (most > enough) {
      for (int node = 0; node < graph.size(); node++) {
        footprint.count(node);
      }
    }
    return footprint;
  }

  private void count(int node) {
    int op = graph.op(node);
    if (op <= Op.BYTEARRAY8) {
      boolean isSlice = Op.isSlice(op) && graph.b(node) > LONG;
      kept += isSlice ? KEPT + (Op.kind(op) == Kind.INT ? 2L * graph.b(node) : 0) : 0;
      return;
    }
    switch (Op.kind(op)) {
      case GLOBAL -> names++;
      case PERSID -> persids++;
      case TUPLE -> {
        holders++;
        tupleMembers += op == Op.EMPTY_TUPLE ? 0 : graph.b(node) + 1L;
      }
      case BYTES, BYTEARRAY -> kept += KEPT;
      default -> holders++;
    }
    if (op == Op.FROZENSET) {
      if (graph.b(node) > 1) {
        keys(graph.a(node), graph.b(node), 1);
      }
    } else if (SaveGraph.hasChunks(op)) {
      chunks(node, op);
    }
  }

  private void chunks(int node, int op) {
    int last = graph.b(node);
    boolean several = Op.isHolding(op) || (op == Op.REDUCE && isListed(node));
    long before = values;
    boolean hadTuples = tupleKeys;
    for (int chunk = graph.firstChunk(last); chunk >= 0; chunk = graph.nextChunk(chunk, last)) {
      several |= chunk != last;
      switch (graph.chunkKind(chunk)) {
        case ChunkKind.SETITEM, ChunkKind.SETITEMS -> keys(chunk, 2);
        case ChunkKind.ADDITEMS -> keys(chunk, 1);
        case ChunkKind.INITIAL -> {
          if (op == Op.DICT) {
            keys(chunk, 2);
          }
        }
        default -> {}
      }
    }
    if (Op.isHolding(op) && graph.edge(graph.a(node) + 2) > 1) {
      values += graph.edge(graph.a(node) + 2);
      tupleKeys = true;
    } else if (values == before + 1) {
      // One key is equal to no other: nobody looks.
      values = before;
      tupleKeys = hadTuples;
    }
    boolean isPlain = op < Op.INST || op == Op.REDUCE_SET || op == Op.REDUCE_FROZENSET;
    joined += several ? (isPlain ? SPAN : PARTS) : 0;
  }

  /** Whether a call is given a list, as an {@code OrderedDict} may be. */
  private boolean isListed(int node) {
    int args = graph.edge(graph.a(node) + 1);
    return graph.op(args) == Op.TUPLE1 && graph.kind(graph.edge(graph.a(args))) == Kind.LIST;
  }

  private void keys(int chunk, int step) {
    keys(graph.chunkStart(chunk), graph.chunkLength(chunk), step);
  }

  private void keys(int start, int length, int step) {
    values += length / step;
    for (int i = start; i < start + length && !tupleKeys; i += step) {
      tupleKeys = graph.kind(graph.edge(i)) == Kind.TUPLE;
    }
  }

  /** What {@link Meaning} takes, but for members that it has to join. */
  public long meaning() {
    long numbered = Math.min(values + (tupleKeys ? tupleMembers : 0), graph.size());
    return (2 * Integer.BYTES + 2L) * graph.size()
        + graph.chunkCount()
        + stack(holders + 2 * persids)
        + map(names)
        + Math.min(GlobalNames.MOST_KEPT, NODE_AT_MOST * names)
        + VALUE * powerOfTwo(numbered)
        + (numbered > 0 ? graph.source().length : 0)
        + joined
        + kept;
  }

  /** What the digest takes beside that. */
  public long digest() {
    return (long) Integer.BYTES * graph.size() + stack(holders) + chains() + kept;
  }

  /** What a comparison takes for this save beside that, but for its paths. */
  public long comparison() {
    return 2L * Integer.BYTES * graph.size() + chains() + 2 * kept;
  }

  private long chains() {
    return persids == 0 ? 0 : 2L * Integer.BYTES * graph.size();
  }

  /** An array of node indexes that doubles, and the one before it. */
  private static long stack(long count) {
    return Integer.BYTES * 3 * powerOfTwo(count) / 2;
  }

  /** An {@link IntMap}, half full at most, and the one before it. */
  private static long map(long count) {
    return Integer.BYTES * 3 * powerOfTwo(2 * count + 1);
  }

  /** The least that is not below {@code count}. */
  private static long powerOfTwo(long count) {
    return count <= 1 ? count : 2 * Long.highestOneBit(count - 1);
  }
}
