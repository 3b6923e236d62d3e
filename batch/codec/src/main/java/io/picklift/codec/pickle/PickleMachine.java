package io.picklift.codec.pickle;

import static io.picklift.codec.error.ErrorCode.EXTENSION_CODE;
import static io.picklift.codec.error.ErrorCode.LIMIT_MEMORY;
import static io.picklift.codec.error.ErrorCode.LIMIT_MEMO_ENTRIES;
import static io.picklift.codec.error.ErrorCode.LIMIT_NODES;
import static io.picklift.codec.error.ErrorCode.LIMIT_STRING_LENGTH;
import static io.picklift.codec.error.ErrorCode.MARK_MISSING;
import static io.picklift.codec.error.ErrorCode.MEMO_UNSET;
import static io.picklift.codec.error.ErrorCode.ODD_ITEMS;
import static io.picklift.codec.error.ErrorCode.UTF8;

import io.picklift.codec.Limits;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.error.ErrorCode;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.error.MalformedException;
import io.picklift.codec.model.ChunkKind;
import io.picklift.codec.model.GraphBuilder;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.codec.text.Utf8;
import java.util.Arrays;

/**
 * The unpickling machine: the stack with its marks, the memo, and what opcodes do to them. Values
 * are nodes of the graph that is being built; the stack and its fence are those of {@code Pdata} in
 * {@code Modules/_pickle.c}.
 */
final class PickleMachine {
  static final int NO_CHUNK = GraphBuilder.NO_CHUNK;

  /** A memo entry far from the others takes as much memory as so many that are not. */
  private static final int SPARSE_COST = 8;

  /** Memory is looked at after so many nodes, edges, chunks, memo entries or frames. */
  static final int STEP = 1 << 14;

  private static final int LARGE = 1 << 20;

  final Limits limits;
  final OpcodeInput input = new OpcodeInput();
  final GraphBuilder graph = new GraphBuilder();
  final Folding folding = new Folding(graph);
  final Memo memo = new Memo();
  final StyleRecorder style = new StyleRecorder(graph);

  int[] stack = new int[256];
  int top;

  /** Stack positions of the marks. */
  private int[] marks = new int[64];

  private int markCount;

  /** The last mark's position: nothing below it may be popped. */
  int fence;

  int protocol;
  int buffers;

  // How many there may be before memory is looked at again.
  private int nodesChecked;
  private int edgesChecked;
  private int chunksChecked;
  private int memoChecked;

  PickleMachine(Limits limits) {
    this.limits = limits;
  }

  /** Starts anew with the bytes of {@code pickle}. */
  void reset(byte[] pickle) {
    input.reset(pickle);
    top = 0;
    markCount = 0;
    fence = 0;
    protocol = 0;
    buffers = 0;
    graph.reset(pickle);
    folding.reset(pickle);
    memo.clear();
    style.reset();
    nodesChecked = Math.min(limits.nodes(), STEP);
    edgesChecked = STEP;
    chunksChecked = STEP;
    memoChecked = STEP;
  }

  /** Lets go of what a large save made large. */
  void shrink() {
    input.reset(new byte[0]);
    graph.shrink();
    memo.shrink();
    style.reset();
    if (stack.length > LARGE) {
      stack = new int[256];
    }
    if (marks.length > LARGE) {
      marks = new int[64];
    }
  }

  // Values

  void push(int op, int a, int b) throws LimitException {
    made(graph.node(op, a, b));
  }

  void made(int node) throws LimitException {
    if (node >= nodesChecked) {
      if (node >= limits.nodes()) {
        throw limit(LIMIT_NODES, "nodes", limits.nodes());
      }
      checkMemory();
    }
    style.made(node);
    pushNode(node);
  }

  /** Counts all that decoding takes, and sets when to do so again. */
  void checkMemory() throws LimitException {
    checkMemory(0);
  }

  /** The same where so many bytes are to be taken beside. */
  void checkMemory(int more) throws LimitException {
    long taken =
        input.in.length
            + (long) more
            + graph.footprint()
            + memo.footprint()
            + style.footprint()
            + 3L * Integer.BYTES * stack.length
            + 3L * Integer.BYTES * marks.length;
    if (taken > limits.memoryToDecode()) {
      throw limit(LIMIT_MEMORY, "memory", limits.memory());
    }
    nodesChecked = Math.min(limits.nodes(), graph.size() + STEP);
    edgesChecked = graph.edgeCount() + STEP;
    chunksChecked = graph.chunkCount() + STEP;
    memoChecked = memo.count() + STEP;
  }

  private LimitException limit(ErrorCode code, String name, long value) {
    return new LimitException(code, name, value, input.start, input.opcodeName());
  }

  /** Counts what takes memory like a node, where more of it is about to be taken. */
  private void checkNodes(int count) throws LimitException {
    if (count > limits.nodes()) {
      throw limit(LIMIT_NODES, "nodes", limits.nodes());
    }
    if (count > STEP) {
      checkMemory();
    }
  }

  void pushNode(int node) throws LimitException {
    if (top == stack.length) {
      checkNodes(top);
      stack = Arrays.copyOf(stack, top * 2);
    }
    stack[top++] = node;
  }

  int pop() throws MalformedException {
    if (top <= fence) {
      throw input.underflow();
    }
    return stack[--top];
  }

  int peek() throws MalformedException {
    if (top <= fence) {
      throw input.underflow();
    }
    return stack[top - 1];
  }

  void mark() throws LimitException {
    if (markCount == marks.length) {
      checkNodes(markCount);
      marks = Arrays.copyOf(marks, markCount * 2);
    }
    marks[markCount++] = top;
    fence = top;
  }

  /** Removes the last mark; returns its stack position. */
  int popMark() throws MalformedException {
    if (markCount == 0) {
      throw input.fail(MARK_MISSING, "there is no mark on the stack");
    }
    int mark = marks[--markCount];
    fence = markCount == 0 ? 0 : marks[markCount - 1];
    return mark;
  }

  void slice(int op, long length) throws CodecException {
    if (length < 0 || length > input.end - input.pos) {
      throw input.truncated();
    }
    int size = checkLength((int) length);
    push(op, input.advance(size), size);
  }

  void text(int op, long length) throws CodecException {
    if (length < 0 || length > input.end - input.pos) {
      throw input.truncated();
    }
    int size = (int) length;
    if (!Utf8.isSurrogatePass(input.in, input.pos, size)) {
      throw input.fail(UTF8, "the text is not UTF-8");
    }
    push(op, input.advance(checkLength(size)), size);
  }

  int checkLength(int length) throws LimitException {
    if (length > limits.stringLength()) {
      throw limit(LIMIT_STRING_LENGTH, "stringLength", limits.stringLength());
    }
    return length;
  }

  void extension(int op, int code) throws CodecException {
    if (code <= 0) {
      throw input.fail(EXTENSION_CODE, "the extension code is below 1");
    }
    push(op, code, 0);
  }

  void readonlyBuffer() throws CodecException {
    int node = peek();
    switch (kind(node)) {
      case BUFFER, BYTES, BYTEARRAY -> style.readonly(node);
      default -> throw input.wrongType("a " + kind(node) + " is no buffer");
    }
  }

  /** {@code POP}, which takes a mark as well as a value. */
  void popAny() throws MalformedException {
    if (markCount > 0 && marks[markCount - 1] == top) {
      popMark();
    } else {
      int node = pop();
      style.popped(node, input.pos, top > fence ? stack[top - 1] : -1);
    }
  }

  // Memo

  void get(long index) throws CodecException {
    int node = memo.get(index);
    if (node < 0) {
      throw input.fail(MEMO_UNSET, "nothing was put into memo slot " + index);
    }
    style.got(node, input.start);
    pushNode(node);
  }

  void putMemo(long index, int node) throws LimitException {
    memo.put(index, node);
    if (memo.count() > limits.memoEntries()
        || memo.sparseCount() > limits.memoEntries() / SPARSE_COST) {
      throw limit(LIMIT_MEMO_ENTRIES, "memoEntries", limits.memoEntries());
    }
    if (memo.count() > memoChecked) {
      checkMemory();
    }
  }

  // Containers

  void smallTuple(int op, int size) throws CodecException {
    if (top - size < fence) {
      throw input.underflow();
    }
    tuple(op, size);
  }

  void tuple(int op, int size) throws CodecException {
    top -= size;
    push(op, graph.edges(stack, top, top + size), size);
  }

  void list() throws CodecException {
    int mark = popMark();
    int count = top - mark;
    int edges = graph.edges(stack, mark, top);
    top = mark;
    push(Op.LIST, 0, NO_CHUNK);
    if (count > 0) {
      graph.chunk(stack[top - 1], ChunkKind.INITIAL, edges, count);
    }
  }

  void dict() throws CodecException {
    int mark = popMark();
    int count = top - mark;
    if (count % 2 != 0) {
      throw input.fail(ODD_ITEMS, "a key has no value");
    }
    int edges = graph.edges(stack, mark, top);
    top = mark;
    push(Op.DICT, 0, NO_CHUNK);
    if (count > 0) {
      graph.chunk(stack[top - 1], ChunkKind.INITIAL, edges, count);
    }
  }

  /** Adds what is on the stack from {@code mark} on to the list, set or object below it. */
  void addItems(int chunk, int mark) throws CodecException {
    if (mark <= fence) {
      throw input.underflow();
    }
    int container = stack[mark - 1];
    Kind kind = kind(container);
    boolean takes =
        kind == Kind.OBJECT
            || kind == Kind.CALL
            || kind == (chunk == ChunkKind.ADDITEMS ? Kind.SET : Kind.LIST);
    if (!takes) {
      throw input.wrongType("nothing can be added to a " + kind);
    }
    addChunk(container, chunk, mark);
  }

  void setItems(int chunk, int mark) throws CodecException {
    if (mark <= fence) {
      throw input.underflow();
    }
    int container = stack[mark - 1];
    Kind kind = kind(container);
    if (kind != Kind.DICT && kind != Kind.OBJECT && kind != Kind.CALL) {
      throw input.wrongType("a " + kind + " has no items to set");
    }
    if ((top - mark) % 2 != 0) {
      throw input.fail(ODD_ITEMS, "a key has no value");
    }
    addChunk(container, chunk, mark);
  }

  void addChunk(int container, int kind, int mark) throws LimitException {
    int count = top - mark;
    if (graph.edgeCount() + count > edgesChecked || graph.chunkCount() > chunksChecked) {
      checkMemory();
    }
    graph.chunk(container, kind, graph.edges(stack, mark, top), count);
    top = mark;
    style.done();
  }

  void build() throws CodecException {
    if (top - 2 < fence) {
      throw input.underflow();
    }
    int instance = stack[top - 2];
    Kind kind = kind(instance);
    if (kind != Kind.OBJECT && kind != Kind.CALL) {
      throw input.wrongType("a " + kind + " has no state to build");
    }
    addChunk(instance, ChunkKind.BUILD, top - 1);
  }

  // Classes and calls

  void global() throws CodecException {
    int module = input.line(1);
    int at = input.pos - module - 1;
    int name = input.line(1);
    if (!Utf8.isStrict(input.in, at, module)
        || !Utf8.isStrict(input.in, input.pos - name - 1, name)) {
      throw input.fail(ErrorCode.NAME_TEXT, "the name is not UTF-8");
    }
    push(protocol < 3 ? Op.GLOBAL_FIX : Op.GLOBAL, at, input.pos - 1 - at);
  }

  void stackGlobal() throws CodecException {
    int name = pop();
    int module = pop();
    if (!folding.isText(module) || !folding.isText(name)) {
      throw input.wrongType("module and name are not both text");
    }
    push(protocol < 3 ? Op.STACK_GLOBAL_FIX : Op.STACK_GLOBAL, module, name);
  }

  void inst() throws CodecException {
    int mark = popMark();
    int module = input.line(1);
    int at = input.pos - module - 1;
    int name = input.line(1);
    if (!Utf8.isAscii(input.in, at, module)
        || !Utf8.isAscii(input.in, input.pos - name - 1, name)) {
      throw input.fail(ErrorCode.NAME_TEXT, "the name is not ASCII");
    }
    int cls = graph.node(protocol < 3 ? Op.INST_NAME_FIX : Op.INST_NAME, at, input.pos - 1 - at);
    makeInstance(Op.INST, cls, mark, mark);
  }

  void obj() throws CodecException {
    int mark = popMark();
    if (top - mark < 1) {
      throw input.underflow();
    }
    int cls = stack[mark];
    checkCallable(cls);
    makeInstance(Op.OBJ, cls, mark + 1, mark);
  }

  void makeInstance(int op, int cls, int arguments, int mark) throws CodecException {
    int edges = graph.edge(cls);
    graph.edge(top - arguments);
    graph.edges(stack, arguments, top);
    top = mark;
    push(op, edges, NO_CHUNK);
  }

  void newObject() throws CodecException {
    int arguments = pop();
    int cls = pop();
    checkTuple(arguments);
    checkCallable(cls);
    int edges = graph.edge(cls);
    graph.edge(arguments);
    push(Op.NEWOBJ, edges, NO_CHUNK);
  }

  void newObjectEx() throws CodecException {
    int keywords = pop();
    int arguments = pop();
    int cls = pop();
    if (kind(keywords) != Kind.DICT) {
      throw input.wrongType("the keywords are no dict but a " + kind(keywords));
    }
    checkTuple(arguments);
    checkCallable(cls);
    int edges = graph.edge(cls);
    graph.edge(arguments);
    graph.edge(keywords);
    push(Op.NEWOBJ_EX, edges, NO_CHUNK);
  }

  void reduce() throws CodecException {
    int arguments = pop();
    int callable = pop();
    checkTuple(arguments);
    checkCallable(callable);
    made(folding.reduce(callable, arguments));
  }

  void checkTuple(int node) throws MalformedException {
    if (kind(node) != Kind.TUPLE) {
      throw input.wrongType("the arguments are no tuple but a " + kind(node));
    }
  }

  void checkCallable(int node) throws MalformedException {
    if (!Folding.isCallable(kind(node))) {
      throw input.wrongType("a " + kind(node) + " can be no class or callable");
    }
  }

  Kind kind(int node) {
    return Op.kind(graph.op(node));
  }
}
