package io.picklift.codec.pickle;

import io.picklift.codec.Limits;
import io.picklift.codec.Memory;
import io.picklift.codec.error.ErrorCode;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.model.ChunkKind;
import io.picklift.codec.model.GraphBuilder;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.PickleStyle;
import io.picklift.codec.model.Records;
import io.picklift.codec.model.SaveGraph;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Makes a graph of the same meaning that the writer can always write: at protocol 4 or 5, every
 * value that can be met twice put into the memo, folded calls made the plain values that they mean,
 * and names as Python 3 has them.
 */
final class Normalizer {
  static final int LOWEST_PROTOCOL = 4;

  /** Memory is looked at after so many nodes or edges and one. */
  private static final int STEP = (1 << 12) - 1;

  // What a byte, a node or chunk, a container takes at most, in arrays that grow and in maps.
  private static final long TEXT = 4;
  private static final long EXTRA = 80;
  private static final long FILLED = 100;

  private final SaveGraph graph;
  private final Meaning meaning;
  private final GraphBuilder builder = new GraphBuilder();

  /** The source, and after it the text that is new. */
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();

  /**
   * Nodes that are new: op and operands. Their numbers come after those of the graph, which stay.
   */
  private final List<int[]> extras = new ArrayList<>();

  /** Chunks that are new, each the first of its node: node, kind, first edge, length. */
  private final List<int[]> chunks = new ArrayList<>();

  /** By container: its chunks that hold something, in a form that is walked often. */
  private final Map<Integer, int[]> filled = new HashMap<>();

  private long filledChunks;
  private int edgesChecked;

  private final long limit;
  private final Memory memory;

  private Normalizer(SaveGraph graph, long limit, Limits limits) throws LimitException {
    this.graph = graph;
    this.limit = limit;
    meaning = Meaning.of(graph, limits);
    memory = Memory.beside(meaning.footprint(), limits);
  }

  /**
   * @param limit the most bytes of text that the graph may have
   * @throws LimitException where names that many share would have to be written for each
   */
  static SaveGraph normalize(SaveGraph graph, long limit, Limits limits) throws LimitException {
    return new Normalizer(graph, limit, limits).run();
  }

  private SaveGraph run() throws LimitException {
    checkMemory();
    text.writeBytes(graph.source());
    for (int node = 0; node < graph.size(); node++) {
      normalize(node);
      if ((node & STEP) == 0 || builder.edgeCount() > edgesChecked) {
        checkMemory();
      }
    }
    for (int[] extra : extras) {
      builder.node(extra[0], extra[1], extra[2]);
    }
    for (int node = 0; node < builder.size(); node++) {
      int op = builder.op(node);
      if (op > Op.BINFLOAT ? op != Op.EMPTY_TUPLE : isNan(node)) {
        builder.markPut(node);
      }
    }
    for (int[] chunk : chunks) {
      builder.chunk(chunk[0], chunk[1], chunk[2], chunk[3]);
    }
    for (int node = 0; node < graph.size(); node++) {
      if (SaveGraph.hasChunks(graph.op(node))) {
        copyChunks(node);
        if ((node & STEP) == 0 || builder.edgeCount() > edgesChecked) {
          checkMemory();
        }
      }
    }
    int protocol = Math.max(LOWEST_PROTOCOL, graph.style().protocol());
    PickleStyle style =
        new PickleStyle(
            protocol,
            true,
            0,
            new long[0],
            -1,
            graph.style().trailing(),
            true,
            graph.style().records());
    return builder.build(text.toByteArray(), graph.root(), style);
  }

  private void checkMemory() throws LimitException {
    checkMemory(0);
  }

  /** Counts all that is made, and so many bytes of text that are about to be. */
  private void checkMemory(int moreText) throws LimitException {
    edgesChecked = builder.edgeCount() + STEP;
    memory.need(
        builder.footprint()
            + TEXT * Math.max((long) text.size() + moreText, graph.source().length)
            + EXTRA * (extras.size() + chunks.size())
            + FILLED * filled.size()
            + Integer.BYTES * filledChunks);
  }

  /** A nan equals itself alone, as a key: which one it is matters. */
  private boolean isNan(int node) {
    return node < graph.size()
        && graph.kind(node) == Kind.FLOAT
        && Double.isNaN(meaning.floatValue(node));
  }

  private void normalize(int node) throws LimitException {
    int op = graph.op(node);
    int a = graph.a(node);
    int b = graph.b(node);
    switch (op) {
      case Op.LIST, Op.EMPTY_LIST -> container(isOfRecords(node) ? Op.LIST : Op.EMPTY_LIST);
      case Op.DICT, Op.EMPTY_DICT -> container(Op.EMPTY_DICT);
      case Op.EMPTY_SET -> container(Op.EMPTY_SET);
      case Op.TUPLE, Op.TUPLE1, Op.TUPLE2, Op.TUPLE3, Op.FROZENSET ->
          builder.node(op, edges(a, b), b);
      case Op.GLOBAL_FIX, Op.STACK_GLOBAL_FIX, Op.INST_NAME, Op.INST_NAME_FIX, Op.REDUCE_NAME ->
          builder.node(
              Op.STACK_GLOBAL,
              string(meaning.moduleBytes(node)),
              string(meaning.qualnameBytes(node)));
      case Op.INST, Op.OBJ -> builder.node(Op.OBJ, edges(a, graph.edge(a + 1) + 2), NONE);
      case Op.NEWOBJ_EX -> builder.node(op, edges(a, 3), NONE);
      case Op.NEWOBJ, Op.REDUCE -> builder.node(op, edges(a, 2), NONE);
      case Op.REDUCE_BYTES -> bytes(Op.BINBYTES, meaning.bytes(node));
      case Op.REDUCE_BYTEARRAY -> bytes(Op.BYTEARRAY8, meaning.bytes(node));
      default -> {
        if (op > Op.REDUCE) {
          folded(op, graph.a(graph.edge(a + 1)), a + 2);
        } else {
          builder.node(op, a, b);
        }
      }
    }
  }

  private static final int NONE = GraphBuilder.NO_CHUNK;

  /**
   * @param arguments first edge of the call's arguments
   * @param held the edge that says how much a list or dict held
   */
  private void folded(int op, int arguments, int held) {
    int count = graph.b(graph.edge(held - 1));
    switch (op) {
      case Op.REDUCE_SET -> {
        int node = builder.node(Op.EMPTY_SET, 0, NONE);
        first(node, ChunkKind.ADDITEMS, graph.edge(arguments), held(node, held));
      }
      case Op.REDUCE_FROZENSET -> {
        int length = held(builder.size(), held);
        builder.node(Op.FROZENSET, members(graph.edge(arguments), length), length);
      }
      case Op.REDUCE_OBJECT -> object(arguments, emptyTuple());
      case Op.REDUCE_BASE_OBJECT -> object(arguments, tuple(arguments + 2, 1));
      case Op.REDUCE_NEWOBJ -> object(arguments, tuple(arguments + 1, count - 1));
      case Op.REDUCE_LIST_OBJECT -> {
        int node = object(arguments, emptyTuple());
        first(node, ChunkKind.APPENDS, graph.edge(arguments + 2), held(node, held));
      }
      case Op.REDUCE_DICT_OBJECT -> {
        int node = object(arguments, emptyTuple());
        entries(node);
      }
      case Op.REDUCE_NEWOBJ_EX -> {
        int length = held(builder.size(), held) * 2;
        int keywords = keywords(graph.edge(arguments + 2), length);
        int start = builder.edge(graph.edge(arguments));
        builder.edge(graph.edge(arguments + 1));
        builder.edge(keywords);
        builder.node(Op.NEWOBJ_EX, start, NONE);
      }
      default -> throw new IllegalStateException("no folded op: " + op);
    }
  }

  /**
   * What a fold took of a list or dict; nothing where it is no part of the save: as many as there
   * are bytes may have been made of one list and thrown away.
   */
  private int held(int node, int edge) {
    return meaning.references(node) == 0 ? 0 : graph.edge(edge);
  }

  private int object(int cls, int arguments) {
    int start = builder.edge(graph.edge(cls));
    builder.edge(arguments);
    return builder.node(Op.NEWOBJ, start, NONE);
  }

  /** The dict itself where it still holds what it held at the call, else a new one. */
  private int keywords(int dict, int length) {
    int now = 0;
    for (int chunk : filled(dict)) {
      now += graph.chunkLength(chunk);
      if (now > length) {
        break;
      }
    }
    if (now == length) {
      return dict;
    }
    int node = extra(Op.EMPTY_DICT, 0, NONE);
    first(node, ChunkKind.SETITEMS, dict, length);
    return node;
  }

  /** What a dict held at the call: a dict, so equal keys are one, which entries alone are not. */
  private void entries(int node) {
    if (meaning.references(node) == 0) {
      return;
    }
    int own = 0;
    int last = graph.b(node);
    for (int chunk = graph.firstChunk(last); chunk >= 0; chunk = graph.nextChunk(chunk, last)) {
      int kind = graph.chunkKind(chunk);
      boolean sets = kind == ChunkKind.SETITEM || kind == ChunkKind.SETITEMS;
      own += sets ? graph.chunkLength(chunk) : 0;
    }
    long span = meaning.entrySpan(node);
    int count = MemberSpan.count(span) - own;
    int start = builder.edgeCount();
    for (int i = 0; i < count; i++) {
      builder.edge(meaning.member(MemberSpan.start(span) + i));
    }
    if (count > 0) {
      chunks.add(new int[] {node, ChunkKind.SETITEMS, start, count});
    }
  }

  private void first(int node, int kind, int container, int length) {
    if (length > 0) {
      chunks.add(new int[] {node, kind, members(container, length), length});
    }
  }

  /** Copies the first {@code length} members of a list or dict; returns the first edge. */
  private int members(int container, int length) {
    int start = -1;
    int left = length;
    for (int chunk : filled(container)) {
      if (left == 0) {
        break;
      }
      int count = Math.min(left, graph.chunkLength(chunk));
      int first = edges(graph.chunkStart(chunk), count);
      start = start < 0 ? first : start;
      left -= count;
    }
    return Math.max(start, 0);
  }

  private int[] filled(int container) {
    return filled.computeIfAbsent(
        container,
        node -> {
          int last = graph.b(node);
          IntStream.Builder all = IntStream.builder();
          for (int chunk = graph.firstChunk(last);
              chunk >= 0;
              chunk = graph.nextChunk(chunk, last)) {
            if (graph.chunkLength(chunk) > 0) {
              all.add(chunk);
            }
          }
          int[] found = all.build().toArray();
          filledChunks += found.length;
          return found;
        });
  }

  private void copyChunks(int node) {
    int last = graph.b(node);
    for (int chunk = graph.firstChunk(last); chunk >= 0; chunk = graph.nextChunk(chunk, last)) {
      int kind =
          switch (graph.chunkKind(chunk)) {
            case ChunkKind.APPEND -> ChunkKind.APPENDS;
            case ChunkKind.SETITEM -> ChunkKind.SETITEMS;
            case ChunkKind.INITIAL ->
                isOfRecords(node)
                    ? ChunkKind.INITIAL
                    : graph.op(node) == Op.LIST ? ChunkKind.APPENDS : ChunkKind.SETITEMS;
            default -> graph.chunkKind(chunk);
          };
      int length = graph.chunkLength(chunk);
      builder.chunk(node, kind, edges(graph.chunkStart(chunk), length), length);
    }
  }

  /** Whether this is the list of a stream's records, which is in none of its pickles. */
  private boolean isOfRecords(int node) {
    Records records = graph.style().records();
    return node == graph.root()
        && (records == Records.STREAM || records == Records.STREAM_OF_ONE_MEMO);
  }

  private void container(int op) {
    builder.node(op, 0, NONE);
  }

  private int edges(int start, int length) {
    int first = builder.edgeCount();
    for (int i = start; i < start + length; i++) {
      builder.edge(graph.edge(i));
    }
    return first;
  }

  private int emptyTuple() {
    return extra(Op.EMPTY_TUPLE, 0, 0);
  }

  private int tuple(int start, int length) {
    return length == 0 ? emptyTuple() : extra(Op.TUPLE, edges(start, length), length);
  }

  private int string(byte[] utf8) throws LimitException {
    check(utf8.length);
    int offset = text.size();
    text.writeBytes(utf8);
    return extra(Op.BINUNICODE, offset, utf8.length);
  }

  private void check(int more) throws LimitException {
    if ((long) text.size() + more > limit) {
      throw new LimitException(ErrorCode.LIMIT_OUTPUT, "outputBytes", limit, -1, "");
    }
    if (more > STEP) {
      checkMemory(more);
    }
  }

  private void bytes(int op, byte[] value) throws LimitException {
    check(value.length);
    builder.node(op, text.size(), value.length);
    text.writeBytes(value);
  }

  private int extra(int op, int a, int b) {
    extras.add(new int[] {op, a, b});
    return graph.size() + extras.size() - 1;
  }
}
