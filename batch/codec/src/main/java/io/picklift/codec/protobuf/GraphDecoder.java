package io.picklift.codec.protobuf;

import io.picklift.codec.Limits;
import io.picklift.codec.bytes.ByteInput;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.error.DamagedException;
import io.picklift.codec.error.ErrorCode;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.model.ChunkKind;
import io.picklift.codec.model.GraphBuilder;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.PickleStyle;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.pickle.NodeCheck;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code picklift.graph.v1.SaveGraph} back into an arena whose slices are of the message
 * itself. What a pickle could not have made is refused: a message is no more trusted than a pickle.
 */
final class GraphDecoder {
  /** Memory is looked at after so many edges and chunks. */
  private static final int STEP = 1 << 14;

  private final PackedFields fields;
  private final byte[] bytes;
  private final GraphBuilder graph = new GraphBuilder();
  private final NodeCheck check;
  private final ByteInput text;
  private final ByteInput lengths;
  private final ByteInput ints;
  private final ByteInput floats;
  private final ByteInput counts;
  private final ByteInput edges;
  private final ByteInput chunks;
  private final int size;
  private final Limits limits;

  /** How many edges and chunks there may be before memory is looked at again. */
  private int checked = STEP;

  private GraphDecoder(PackedFields fields, Limits limits) {
    this.fields = fields;
    this.limits = limits;
    bytes = fields.bytes();
    graph.reset(bytes);
    check = new NodeCheck(graph, bytes, limits);
    text = fields.source(FieldNumbers.TEXT, "text");
    lengths = fields.source(FieldNumbers.LENGTHS, "lengths");
    ints = fields.source(FieldNumbers.INTS, "ints");
    floats = fields.source(FieldNumbers.FLOATS, "floats");
    counts = fields.source(FieldNumbers.COUNTS, "counts");
    edges = fields.source(FieldNumbers.EDGES, "edges");
    chunks = fields.source(FieldNumbers.CHUNKS, "chunks");
    size = fields.length(FieldNumbers.OPS);
  }

  static SaveGraph decode(byte[] message, Limits limits) throws CodecException {
    PackedFields fields = PackedFields.parse(message, limits);
    if (fields.version() != GraphEncoder.VERSION) {
      throw new DamagedException("the message has version " + fields.version() + ", not 1");
    }
    if (fields.length(FieldNumbers.OPS) > limits.nodes()) {
      throw new LimitException(ErrorCode.LIMIT_NODES, "nodes", limits.nodes(), -1, "");
    }
    return new GraphDecoder(fields, limits).run();
  }

  private SaveGraph run() throws CodecException {
    int ops = fields.start(FieldNumbers.OPS);
    for (int node = 0; node < size; node++) {
      int op = bytes[ops + node] & 0xff;
      decodeNode(op & 0x3f);
      graph.setFlags(node, op);
    }
    checkMemory();
    if (fields.root() < 0 || fields.root() >= size) {
      throw new DamagedException("the root is no node");
    }
    for (ByteInput field : new ByteInput[] {text, lengths, ints, floats, counts, edges, chunks}) {
      if (!field.isAtEnd()) {
        throw new DamagedException("a field has more than the nodes need");
      }
    }
    decodeDiscards();
    SaveGraph built = graph.build(fields.root(), style());
    if (built.style().records().roots(built).length == 0) {
      throw new DamagedException("the root is not one of several pickles, and the style says so");
    }
    return built;
  }

  private void checkMemory() throws LimitException {
    if (bytes.length + fields.styleFootprint() + graph.footprint() > limits.memoryToDecode()) {
      throw LimitException.memory(limits.memory());
    }
    checked = graph.edgeCount() + graph.chunkCount() + STEP;
  }

  private void decodeNode(int op) throws CodecException {
    int node = graph.size();
    if (node % STEP == 0 || graph.edgeCount() > checked) {
      checkMemory();
    }
    if (Op.isSlice(op)) {
      int length = lengths.varint();
      int start = text.skip(length);
      refuse(check.slice(op, start, length), node);
      graph.node(op, start, length);
      return;
    }
    switch (op) {
      case Op.NONE, Op.NEWTRUE, Op.NEWFALSE, Op.INT_TRUE, Op.INT_FALSE, Op.EMPTY_TUPLE ->
          graph.node(op, 0, 0);
      case Op.BININT, Op.BININT1, Op.BININT2, Op.EXT1, Op.EXT2, Op.EXT4, Op.NEXT_BUFFER ->
          graph.node(op, number(op, node), 0);
      case Op.BINFLOAT -> {
        long bits = floats.int64();
        graph.node(op, (int) (bits >>> 32), (int) bits);
      }
      case Op.STACK_GLOBAL, Op.STACK_GLOBAL_FIX -> {
        int module = earlier(node);
        int name = earlier(node);
        require(check.isStackGlobal(module, name), node, "has a name that is no text");
        graph.node(op, module, name);
      }
      case Op.BINPERSID -> graph.node(op, earlier(node), 0);
      case Op.TUPLE, Op.TUPLE1, Op.TUPLE2, Op.TUPLE3, Op.FROZENSET -> {
        int count = counts.varint();
        int fixed = op >= Op.TUPLE1 && op <= Op.TUPLE3 ? op - Op.TUPLE1 + 1 : count;
        require(count == fixed && count >= 0, node, "has a wrong number of members");
        graph.node(op, members(node, count), count);
      }
      case Op.LIST, Op.EMPTY_LIST, Op.DICT, Op.EMPTY_DICT, Op.EMPTY_SET -> {
        graph.node(op, 0, GraphBuilder.NO_CHUNK);
        decodeChunks(node, op);
      }
      case Op.INST, Op.OBJ -> decodeInstance(node, op);
      default -> decodeConstruct(node, op);
    }
  }

  private int number(int op, int node) throws DamagedException {
    int value = ints.zigzag();
    require(canHold(op, value), node, "has a number that its opcode cannot hold");
    return value;
  }

  /**
   * A switch and not one comparison with two bounds. Written so, it refused negative {@code BININT}
   * late in one run of the conformance tests on JDK 17.0.15, and not in others; why was not found.
   */
  private static boolean canHold(int op, int value) {
    return switch (op) {
      case Op.BININT -> true;
      case Op.BININT1 -> (value & ~0xff) == 0;
      case Op.BININT2 -> (value & ~0xffff) == 0;
      case Op.EXT1 -> value > 0 && value <= 0xff;
      case Op.EXT2 -> value > 0 && value <= 0xffff;
      case Op.EXT4 -> value > 0;
      default -> value >= 0;
    };
  }

  private void decodeInstance(int node, int op) throws CodecException {
    int count = counts.varint();
    require(count >= 0, node, "has a wrong number of arguments");
    int cls = earlier(node);
    require(check.isClass(op, cls), node, "has a class that is none");
    int start = graph.edge(cls);
    graph.edge(count);
    members(node, count);
    graph.node(op, start, GraphBuilder.NO_CHUNK);
    decodeChunks(node, op);
  }

  private void decodeConstruct(int node, int op) throws CodecException {
    int callable = earlier(node);
    int arguments = earlier(node);
    require(check.isConstruct(op, callable, arguments), node, "has arguments that it cannot take");
    int start = graph.edge(callable);
    graph.edge(arguments);
    if (op == Op.NEWOBJ_EX) {
      int keywords = earlier(node);
      require(Op.kind(graph.op(keywords)) == Kind.DICT, node, "has keywords that are no dict");
      graph.edge(keywords);
    } else if (Op.isHolding(op)) {
      graph.edge(held(node, op, arguments));
    }
    graph.node(op, start, GraphBuilder.NO_CHUNK);
    decodeChunks(node, op);
  }

  private int held(int node, int op, int arguments) throws DamagedException {
    int count = counts.varint();
    boolean first = op == Op.REDUCE_SET || op == Op.REDUCE_FROZENSET;
    boolean pairs = op == Op.REDUCE_DICT_OBJECT || op == Op.REDUCE_NEWOBJ_EX;
    int container = graph.edgeAt(graph.a(arguments) + (first ? 0 : 2));
    int most = graph.countMembers(container, pairs);
    require(count >= 0 && count <= most, node, "holds more than the list or dict it is made of");
    return count;
  }

  private void decodeChunks(int node, int op) throws CodecException {
    int count = chunks.varint();
    for (int i = 0; i < count; i++) {
      int value = chunks.varint();
      int kind = value & 7;
      int length = value >>> 3;
      require(check.isChunk(op, kind, length), node, "has something added that it cannot take");
      require(kind != ChunkKind.INITIAL || i == 0, node, "has its first items not first");
      int start = graph.edgeCount();
      for (int k = 0; k < length; k++) {
        graph.edge(any(node));
        if (graph.edgeCount() > checked) {
          checkMemory();
        }
      }
      if (graph.chunkCount() > checked) {
        checkMemory();
      }
      graph.chunk(node, kind, start, length);
    }
  }

  private int members(int node, int count) throws CodecException {
    int start = graph.edgeCount();
    for (int i = 0; i < count; i++) {
      graph.edge(earlier(node));
      if (graph.edgeCount() > checked) {
        checkMemory();
      }
    }
    return start;
  }

  /** A node that is there already: what cannot be changed is made of what there was before. */
  private int earlier(int node) throws DamagedException {
    int target = node + edges.zigzag();
    require(target >= 0 && target < node, node, "refers to what is not there before it");
    return target;
  }

  private int any(int node) throws DamagedException {
    int target = node + edges.zigzag();
    require(target >= 0 && target < size, node, "refers to what is no node");
    return target;
  }

  private void decodeDiscards() throws CodecException {
    ByteInput discards = fields.source(FieldNumbers.DISCARDS, "discards");
    int count = 0;
    while (!discards.isAtEnd()) {
      int made = discards.varint();
      int kept = discards.varint();
      boolean ok = made >= 0 && made < size && kept >= 0 && kept < size && made != kept;
      require(ok && SaveGraph.isConstructed(graph.op(made)), made, "cannot be thrown away");
      graph.discard(made, kept);
      if (++count % STEP == 0) {
        checkMemory();
      }
    }
  }

  private PickleStyle style() throws CodecException {
    PickleStyle style = fields.style();
    long[] frames = style.frames();
    long last = 0;
    for (int i = 0; i < frames.length; i += 2) {
      if (frames.length % 2 != 0 || frames[i] < last || frames[i] > style.bodyLength()) {
        throw new DamagedException("the frames are not in the pickle's order");
      }
      last = frames[i];
    }
    if (style.protocol() < 0 || style.protocol() > 5 || style.bodyLength() < -1) {
      throw new DamagedException("the style is of no known protocol");
    }
    if (style.putBase() < 0 || style.putBase() > 1) {
      throw new DamagedException("the memo starts neither at 0 nor at 1");
    }
    return style;
  }

  private static void refuse(@Nullable String problem, int node) throws DamagedException {
    if (problem != null) {
      throw new DamagedException("node " + node + " " + problem);
    }
  }

  private static void require(boolean condition, int node, String problem) throws DamagedException {
    if (!condition) {
      throw new DamagedException("node " + node + " " + problem);
    }
  }
}
