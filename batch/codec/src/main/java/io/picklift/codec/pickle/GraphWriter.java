package io.picklift.codec.pickle;

import io.picklift.codec.Memory;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.model.ChunkKind;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.Records;
import io.picklift.codec.model.SaveGraph;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks a graph in the order in which CPython's pickler would, and writes each node by its op. Memo
 * numbers, gets and the undoing of recursive tuples follow from the walk ({@code
 * Modules/_pickle.c}: {@code save}, {@code save_tuple}, {@code save_reduce}); everything else
 * stands in the nodes.
 */
final class GraphWriter {
  /** The bytes of heap that a step takes, and its part of an array that is copied. */
  private static final int STEP = 6 * Integer.BYTES;

  // What a step of the walk does with its edges, and then.
  private static final int MEMBERS = 0;
  private static final int CONSTRUCT = 1;
  private static final int CHUNK = 2;
  private static final int PERSISTENT = 3;

  /** An {@code OBJ}: its class is the first edge, the second is the number of arguments. */
  private static final int INSTANCE = 4;

  /** The call of a state setter, thrown away when it is written. */
  private static final int SETTER = 5;

  private final SaveGraph graph;
  private final int protocol;
  private final long limit;
  private final Memory memory;
  private final boolean buffersFirst;

  private final MemoWriter memo;
  private PickleOutput out;
  private LeafWriter leaves;
  private @Nullable FrameRecorder framer;
  private DiscardedObjects discards;

  // The walk's own stack: one step for each container that is open.
  private int depth;
  private int[] stepNode = new int[64];
  private int[] stepWhat = new int[64];
  private int[] stepAt = new int[64];
  private int[] stepEnd = new int[64];
  private int[] stepChunk = new int[64];

  /**
   * @param buffersFirst whether to take all out-of-band buffers before anything else, so that each
   *     has its number however the walk meets them
   */
  GraphWriter(SaveGraph graph, long limit, boolean buffersFirst, Memory memory)
      throws LimitException {
    memory.take((graph.discards().length == 0 ? 1L : 5L) * Integer.BYTES * graph.size());
    this.graph = graph;
    this.memory = memory;
    this.limit = limit;
    this.buffersFirst = buffersFirst;
    protocol = graph.style().protocol();
    out = new PickleOutput(0, limit, memory);
    memo = new MemoWriter(graph, out);
    leaves = new LeafWriter(graph, out, null);
    discards = new DiscardedObjects(graph);
  }

  /**
   * The pickle; null where a value is met twice that the graph says was never put into the memo.
   */
  byte @Nullable [] write() throws LimitException {
    var style = graph.style();
    int size = graph.source().length;
    long known = style.bodyLength() < 0 ? size : style.bodyLength();
    // A hint alone: a graph message may say anything.
    int expected = (int) Math.min(known, size);
    if (!writeBody(expected)) {
      return null;
    }
    byte[] framed;
    if (style.bodyLength() == out.size() && FrameWriter.fit(out, style.frames())) {
      framed = FrameWriter.insert(out, style.frames(), style.trailing());
    } else if (protocol >= 4 && (style.frames().length > 0 || style.bodyLength() < 0)) {
      // The frames that are known are of another pickle: frame it as CPython would.
      framer = new FrameRecorder();
      writeBody(expected);
      framed = FrameWriter.insert(out, framer.finish(out.size()), style.trailing());
    } else {
      framed = FrameWriter.insert(out, new long[0], style.trailing());
    }
    return framed;
  }

  private boolean writeBody(int expected) throws LimitException {
    out = new PickleOutput(expected, limit, memory);
    leaves = new LeafWriter(graph, out, framer);
    memo.reset(out);
    depth = 0;
    discards = new DiscardedObjects(graph);
    Records records = graph.style().records();
    int[] roots = records.roots(graph);
    if (roots.length == 0) {
      throw new IllegalStateException("the root does not stand for records");
    }
    for (int i = 0; i < roots.length; i++) {
      if (i > 0 && !records.isOfOneMemo()) {
        memo.forget();
      }
      if (!writePickle(roots[i], i == 0)) {
        return false;
      }
      if (framer != null && i + 1 < roots.length) {
        framer.end(out.size());
      }
    }
    return true;
  }

  private boolean writePickle(int root, boolean isFirst) throws LimitException {
    if (graph.style().proto()) {
      out.opcode1(Opcode.PROTO, protocol);
    }
    if (framer != null) {
      framer.start(out.size());
    }
    if (buffersFirst && isFirst) {
      buffers();
    }
    if (!value(root)) {
      return false;
    }
    while (depth > 0) {
      if (!step(depth - 1)) {
        return false;
      }
    }
    out.opcode(Opcode.STOP);
    return true;
  }

  /** Puts every buffer into the memo, in the order of their numbers, and leaves the stack empty. */
  private void buffers() throws LimitException {
    int next = 0;
    for (int node = 0; node < graph.size(); node++) {
      if (graph.op(node) != Op.NEXT_BUFFER) {
        continue;
      }
      for (; next < graph.a(node); next++) {
        out.opcode(Opcode.NEXT_BUFFER);
        out.opcode(Opcode.POP);
      }
      out.opcode(Opcode.NEXT_BUFFER);
      memo.put(node);
      out.opcode(Opcode.POP);
      next++;
    }
  }

  /** Goes on with a step until it is done or another one was put on top of it. */
  private boolean step(int top) throws LimitException {
    int chunk = stepChunk[top];
    int kind = chunk < 0 ? -1 : graph.chunkKind(chunk);
    int end = stepEnd[top];
    while (true) {
      int at = stepAt[top];
      if (kind == ChunkKind.APPEND || kind == ChunkKind.SETITEM) {
        afterSingle(kind, at - graph.chunkStart(chunk));
      }
      if (at == end) {
        break;
      }
      stepAt[top] = next(top, at);
      if (!value(target(top, at))) {
        return false;
      }
      if (depth != top + 1) {
        return true;
      }
    }
    int node = stepNode[top];
    depth = top;
    switch (stepWhat[top]) {
      case MEMBERS -> finishMembers(node);
      case CONSTRUCT, INSTANCE -> {
        return finishConstruct(node);
      }
      case PERSISTENT -> {
        out.opcode(Opcode.BINPERSID);
        memo.put(node);
      }
      case SETTER -> out.opcode(Opcode.POP);
      default -> finishChunk(node, chunk, kind);
    }
    return true;
  }

  private int next(int step, int at) {
    boolean isClass = stepWhat[step] == INSTANCE && at == graph.a(stepNode[step]);
    return isClass ? at + 2 : at + 1;
  }

  private int target(int step, int at) {
    return stepWhat[step] == PERSISTENT ? graph.a(stepNode[step]) : graph.edge(at);
  }

  private void afterSingle(int kind, int members) throws LimitException {
    if (members == 0) {
      return;
    }
    if (kind == ChunkKind.APPEND) {
      out.opcode(Opcode.APPEND);
    } else if (members % 2 == 0) {
      out.opcode(Opcode.SETITEM);
    }
  }

  private void push(int what, int node, int from, int to, int chunk) throws LimitException {
    int top = depth;
    if (top == stepNode.length) {
      int size = top * 2;
      memory.take(STEP * (long) top);
      stepNode = Arrays.copyOf(stepNode, size);
      stepWhat = Arrays.copyOf(stepWhat, size);
      stepAt = Arrays.copyOf(stepAt, size);
      stepEnd = Arrays.copyOf(stepEnd, size);
      stepChunk = Arrays.copyOf(stepChunk, size);
    }
    stepNode[top] = node;
    stepWhat[top] = what;
    stepAt[top] = from;
    stepEnd[top] = to;
    stepChunk[top] = chunk;
    depth = top + 1;
  }

  /** Writes a value, or starts to. False where it was written before and never put. */
  private boolean value(int node) throws LimitException {
    if (framer != null) {
      framer.boundary(out.size());
    }
    int index = memo.index(node);
    if (index >= 0) {
      memo.get(index);
      return true;
    }
    int op = graph.op(node);
    if (op <= Op.BINFLOAT) {
      leaves.number(node, op);
      if (graph.isPut(node)) {
        memo.put(node);
      }
      return true;
    }
    if (index == MemoWriter.WRITTEN) {
      // An empty tuple has no identity, and no pickler puts it.
      return op == Op.EMPTY_TUPLE && emptyTuple(node);
    }
    if (op <= Op.BYTEARRAY8) {
      leaves.text(node, op);
      memo.put(node);
      return true;
    }
    int discard = discards.take(node);
    return discard < 0 ? composite(node, op) : composite(discard, graph.op(discard));
  }

  private boolean composite(int node, int op) throws LimitException {
    int a = graph.a(node);
    int b = graph.b(node);
    switch (op) {
      case Op.LIST, Op.DICT -> {
        out.opcode(Opcode.MARK);
        int chunk = graph.firstChunk(b);
        if (chunk >= 0 && graph.chunkKind(chunk) == ChunkKind.INITIAL) {
          int start = graph.chunkStart(chunk);
          push(CHUNK, node, start, start + graph.chunkLength(chunk), chunk);
        } else {
          finishEmpty(node, op);
        }
      }
      case Op.EMPTY_LIST -> container(node, Opcode.EMPTY_LIST);
      case Op.EMPTY_DICT -> container(node, Opcode.EMPTY_DICT);
      case Op.EMPTY_SET -> container(node, Opcode.EMPTY_SET);
      case Op.EMPTY_TUPLE -> {
        return emptyTuple(node);
      }
      case Op.TUPLE, Op.FROZENSET -> {
        out.opcode(Opcode.MARK);
        push(MEMBERS, node, a, a + b, -1);
      }
      case Op.TUPLE1, Op.TUPLE2, Op.TUPLE3 -> push(MEMBERS, node, a, a + b, -1);
      case Op.GLOBAL, Op.GLOBAL_FIX, Op.INST_NAME, Op.INST_NAME_FIX -> {
        leaves.name(Opcode.GLOBAL, a, b);
        memo.put(node);
      }
      case Op.STACK_GLOBAL, Op.STACK_GLOBAL_FIX -> {
        if (!value(a) || !value(b)) {
          return false;
        }
        out.opcode(Opcode.STACK_GLOBAL);
        memo.put(node);
      }
      case Op.INST -> {
        out.opcode(Opcode.MARK);
        push(CONSTRUCT, node, a + 2, a + 2 + graph.edge(a + 1), -1);
      }
      case Op.OBJ -> {
        out.opcode(Opcode.MARK);
        push(INSTANCE, node, a, a + 2 + graph.edge(a + 1), -1);
      }
      case Op.NEWOBJ_EX -> push(CONSTRUCT, node, a, a + 3, -1);
      case Op.PERSID -> {
        leaves.name(Opcode.PERSID, a, b);
        memo.put(node);
      }
      case Op.BINPERSID -> {
        // Its one member is no edge: 0 stands for it.
        push(PERSISTENT, node, 0, 1, -1);
      }
      case Op.EXT1, Op.EXT2, Op.EXT4 -> {
        leaves.extension(op, a);
        memo.put(node);
      }
      case Op.NEXT_BUFFER -> {
        out.opcode(Opcode.NEXT_BUFFER);
        memo.put(node);
      }
      default -> push(CONSTRUCT, node, a, a + 2, -1);
    }
    return true;
  }

  private boolean emptyTuple(int node) throws LimitException {
    out.opcode(Opcode.EMPTY_TUPLE);
    memo.put(node);
    return true;
  }

  private void container(int node, int opcode) throws LimitException {
    out.opcode(opcode);
    memo.put(node);
    chunk(node, graph.firstChunk(graph.b(node)));
  }

  private void finishEmpty(int node, int op) throws LimitException {
    out.opcode(op == Op.LIST ? Opcode.LIST : Opcode.DICT);
    memo.put(node);
    chunk(node, graph.firstChunk(graph.b(node)));
  }

  /** Starts a chunk, if there is one; after the last one comes what else sets the state. */
  private void chunk(int node, int chunk) throws LimitException {
    if (chunk < 0) {
      setter(node);
      return;
    }
    switch (graph.chunkKind(chunk)) {
      case ChunkKind.APPENDS, ChunkKind.SETITEMS, ChunkKind.ADDITEMS -> out.opcode(Opcode.MARK);
      default -> {}
    }
    int start = graph.chunkStart(chunk);
    push(CHUNK, node, start, start + graph.chunkLength(chunk), chunk);
  }

  /**
   * save_reduce with a state setter: the call, made of the object and its state, and thrown away.
   */
  private void setter(int node) throws LimitException {
    int call = discards.setter(node);
    if (call >= 0) {
      push(SETTER, call, 0, 0, -1);
      composite(call, graph.op(call));
    }
  }

  private void finishChunk(int node, int chunk, int kind) throws LimitException {
    switch (kind) {
      case ChunkKind.INITIAL -> {
        out.opcode(graph.op(node) == Op.LIST ? Opcode.LIST : Opcode.DICT);
        memo.put(node);
      }
      case ChunkKind.APPENDS -> out.opcode(Opcode.APPENDS);
      case ChunkKind.SETITEMS -> out.opcode(Opcode.SETITEMS);
      case ChunkKind.ADDITEMS -> out.opcode(Opcode.ADDITEMS);
      case ChunkKind.BUILD -> out.opcode(Opcode.BUILD);
      default -> {}
    }
    chunk(node, graph.nextChunk(chunk, graph.b(node)));
  }

  private void finishMembers(int node) throws LimitException {
    int op = graph.op(node);
    if (memo.index(node) >= 0) {
      undoMembers(op, graph.b(node));
      memo.get(memo.index(node));
      return;
    }
    switch (op) {
      case Op.TUPLE1 -> out.opcode(Opcode.TUPLE1);
      case Op.TUPLE2 -> out.opcode(Opcode.TUPLE2);
      case Op.TUPLE3 -> out.opcode(Opcode.TUPLE3);
      case Op.FROZENSET -> out.opcode(Opcode.FROZENSET);
      default -> out.opcode(Opcode.TUPLE);
    }
    memo.put(node);
  }

  /** A recursive tuple: writing its members has written it. They go off the stack again. */
  private void undoMembers(int op, int count) throws LimitException {
    boolean marked = op == Op.TUPLE || op == Op.FROZENSET;
    if (marked && protocol >= 1) {
      out.opcode(Opcode.POP_MARK);
      return;
    }
    for (int i = marked ? -1 : 0; i < count; i++) {
      out.opcode(Opcode.POP);
    }
  }

  private boolean finishConstruct(int node) throws LimitException {
    int op = graph.op(node);
    switch (op) {
      case Op.INST -> {
        int cls = graph.edge(graph.a(node));
        leaves.name(Opcode.INST, graph.a(cls), graph.b(cls));
      }
      case Op.OBJ -> out.opcode(Opcode.OBJ);
      case Op.NEWOBJ -> out.opcode(Opcode.NEWOBJ);
      case Op.NEWOBJ_EX -> out.opcode(Opcode.NEWOBJ_EX);
      default -> out.opcode(Opcode.REDUCE);
    }
    if (memo.index(node) >= 0) {
      // save_reduce: the arguments hold the object, so that it is there already.
      out.opcode(Opcode.POP);
      memo.get(memo.index(node));
      return true;
    }
    int keptFor = discards.keptFor(node);
    if (keptFor >= 0) {
      int kept = memo.index(keptFor);
      out.opcode(Opcode.POP);
      memo.get(Math.max(kept, 0));
      return kept >= 0;
    }
    memo.put(node);
    chunk(node, graph.firstChunk(graph.b(node)));
    return true;
  }
}
