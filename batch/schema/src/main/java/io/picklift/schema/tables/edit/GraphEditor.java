package io.picklift.schema.tables.edit;

import io.picklift.codec.bytes.ByteOutput;
import io.picklift.codec.model.ChunkKind;
import io.picklift.codec.model.GraphBuilder;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.Python2Text;
import io.picklift.codec.model.Records;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.tables.values.IntList;
import io.picklift.schema.tables.values.NaturalOps;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.values.PythonText;
import io.picklift.schema.tables.values.Scalar;
import io.picklift.schema.tables.values.TimeBytes;
import io.picklift.schema.tables.walk.MappingWalk;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Copies a graph with some values replaced. New nodes stand behind those that were there. */
public final class GraphEditor {
  private static final long SECOND = 1_000_000;
  private static final long DAY = 86_400;
  private static final int NO_EDGE = -1;

  /** More than one edge leads to the node. */
  private static final int SEVERAL = -2;

  private final SaveGraph graph;
  private final int protocol;

  /** Its text is str of Python 2, and so is what is new. */
  private final boolean isPython2;

  private final ByteOutput pool = new ByteOutput();
  private final IntList ops = new IntList();
  private final IntList firsts = new IntList();
  private final IntList seconds = new IntList();
  private final Map<Integer, Integer> redirected = new HashMap<>();
  private final IntList edges = new IntList();
  private int root;

  /** What is added to a container: its edges are new ones. */
  private record Added(int container, int kind, int start, int length) {}

  private final List<Added> added = new ArrayList<>();

  /** What takes the place of all members that a container has: pairs, or else items. */
  private record Members(boolean isPairs, List<Added> chunks) {}

  private final Map<Integer, Members> replaced = new HashMap<>();

  /** Tuples and frozensets that are made anew in their place: op, first edge, how many. */
  private final Map<Integer, int[]> tuples = new HashMap<>();

  private final Map<String, Integer> globals = new HashMap<>();
  private final Map<String, Integer> names = new HashMap<>();

  public GraphEditor(SaveGraph graph) {
    this.graph = graph;
    protocol = graph.style().protocol();
    isPython2 = protocol < 3 && Python2Text.isIn(graph);
    root = graph.root();
    pool.put(graph.source(), 0, graph.source().length);
  }

  /** The one edge that leads to a node; negative where there is none or several do. */
  public int onlyEdge(int node) {
    int found = NO_EDGE;
    for (int edge = 0; edge < graph.edgeCount(); edge++) {
      if (graph.edge(edge) == node) {
        found = found == NO_EDGE ? edge : SEVERAL;
      }
    }
    return found;
  }

  public void redirect(int edge, int node) {
    redirected.put(edge, node);
  }

  /** Gives a value other bytes, wherever it stands. */
  public void buffer(int node, byte[] bytes) {
    Kind kind = graph.kind(node);
    int made = graph.op(node) == Op.REDUCE_BYTES ? encoded(bytes) : text(kind, bytes);
    for (int edge = 0; edge < graph.edgeCount(); edge++) {
      if (graph.edge(edge) == node) {
        redirect(edge, made);
      }
    }
  }

  /** Puts a value in the place of the save itself. */
  public void root(int node) {
    root = node;
  }

  /** Sets one more pair of a dict. */
  public void pair(int dict, String name, int value) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    int key = text(newKind(bytes), bytes);
    add(dict, ChunkKind.SETITEM, key, value);
  }

  private void add(int container, int kind, int... nodes) {
    added.add(new Added(container, kind, edgesOf(nodes, 0, nodes.length), nodes.length));
  }

  private int edgesOf(int[] nodes, int from, int to) {
    int start = graph.edgeCount() + edges.size();
    for (int i = from; i < to; i++) {
      edge(nodes[i]);
    }
    return start;
  }

  /**
   * Gives a container that was there other members.
   *
   * @param holder the node that holds them
   * @param members each key before its value where they are pairs
   * @return whether that can be said of such a container
   */
  public boolean members(int holder, boolean isPairs, int[] members) {
    int op = graph.op(holder);
    if (graph.kind(holder) == Kind.TUPLE || op == Op.FROZENSET) {
      int tuple = op == Op.FROZENSET ? Op.FROZENSET : tupleOp(members.length);
      tuples.put(holder, new int[] {tuple, edgesOf(members, 0, members.length), members.length});
      return true;
    }
    if (Op.isHolding(op) && op != Op.REDUCE_NEWOBJ_EX) {
      boolean isBase = op == Op.REDUCE_LIST_OBJECT || op == Op.REDUCE_DICT_OBJECT;
      int arguments = graph.edge(graph.a(holder) + 1);
      int held = graph.edge(graph.a(arguments) + (isBase ? 2 : 0));
      if (isPairs != (graph.kind(held) == Kind.DICT) || onlyEdge(held) < 0) {
        return false;
      }
      redirect(graph.a(holder) + 2, isPairs ? members.length / 2 : members.length);
      replaced.put(holder, new Members(isPairs, List.of()));
      return members(held, isPairs, members);
    }
    boolean isRecords = holder == graph.root() && graph.style().records() != Records.SINGLE;
    if (!SaveGraph.hasChunks(op) || isRecords) {
      return false;
    }
    replaced.put(holder, new Members(isPairs, chunks(holder, op, isPairs, members)));
    return true;
  }

  /** Gives a new node its members. */
  public void fill(int node, int op, boolean isPairs, int[] members) {
    added.addAll(chunks(node, op, isPairs, members));
  }

  private List<Added> chunks(int node, int op, boolean isPairs, int[] members) {
    List<Added> chunks = new ArrayList<>();
    for (MemberChunks.Chunk chunk :
        MemberChunks.of(op, isPairs, members.length, protocol, isPython2)) {
      int start = edgesOf(members, chunk.from(), chunk.to());
      chunks.add(new Added(node, chunk.kind(), start, chunk.to() - chunk.from()));
    }
    return chunks;
  }

  public int none() {
    return node(Op.NONE, 0, 0);
  }

  /** Adds the nodes of a value; -1 where the protocol has no form for it that is made here. */
  public int value(Scalar value) {
    return switch (value.type) {
      case NONE, OTHER -> none();
      case BOOL -> node(NaturalOps.ofBool(value.number == 1, protocol), 0, 0);
      case INT -> integer(value.isBig ? value.big : BigInteger.valueOf(value.number));
      case FLOAT -> real(value.real);
      case TEXT -> text(newKind(copy(value)), copy(value));
      case BYTES -> {
        Kind kind = isPython2 ? Kind.PY2_STR : Kind.BYTES;
        yield protocol < 3 && !isPython2 ? encoded(copy(value)) : text(kind, copy(value));
      }
      case DATETIME -> made("datetime", "datetime", state(value));
      case INSTANT -> instant(value, utc());
      case DATE -> made("datetime", "date", state(value));
      case TIME -> made("datetime", "time", state(value));
      case DECIMAL -> made("decimal", "Decimal", text(newKind(copy(value)), copy(value)));
      case DURATION -> duration(value.number);
      case UUID -> uuid(new BigInteger(1, copy(value)));
    };
  }

  /**
   * Adds the nodes of what is to stand in another value's place: where that is an enum member, or
   * another call of the one argument, the same call of the new one.
   */
  public int value(Scalar value, int before, NodeValueReader values) {
    boolean isDate =
        value.type == Scalar.Type.DATETIME
            || value.type == Scalar.Type.DATE
            || value.type == Scalar.Type.TIME
            || value.type == Scalar.Type.INSTANT;
    if (isDate && before != MappingWalk.ABSENT && values.isDerivedDate(before, value.type)) {
      return derivedDate(value, before, values);
    }
    if (value.type == Scalar.Type.INSTANT
        && before != MappingWalk.ABSENT
        && values.type(before) == Scalar.Type.INSTANT) {
      return instant(value, values.zone(before));
    }
    if (before != MappingWalk.ABSENT
        && values.isOfLibrary(before)
        && value.type != Scalar.Type.NONE) {
      return ofLibrary(value, before, values);
    }
    Kind was = before == MappingWalk.ABSENT ? Kind.NONE : graph.kind(before);
    boolean isText = value.type == Scalar.Type.TEXT && (was == Kind.STR || was == Kind.PY2_STR);
    int with = isText ? text(was, copy(value)) : value(value);
    if (with < 0 || before == MappingWalk.ABSENT || !values.isCallOf(before, value.type)) {
      return with;
    }
    int arguments = graph.edge(graph.a(before) + 1);
    int made = node(graph.op(arguments), edge(with), 1);
    int first = edge(graph.edge(graph.a(before)));
    edge(made);
    return node(graph.op(before), first, GraphBuilder.NO_CHUNK);
  }

  /** The call of a class derived from that of dates, with another state. */
  private int derivedDate(Scalar value, int before, NodeValueReader values) {
    boolean hasZone = value.type == Scalar.Type.INSTANT;
    int arguments = hasZone ? tuple(state(value), values.zone(before)) : tuple(state(value));
    int first = edge(graph.edge(graph.a(before)));
    edge(arguments);
    return node(graph.op(before), first, GraphBuilder.NO_CHUNK);
  }

  /** The same call of another value; -1 where the call has no form for that. */
  private int ofLibrary(Scalar value, int before, NodeValueReader values) {
    int[] payloads = new int[NodeValueReader.MOST_PAYLOADS];
    if (values.payloads(before, payloads) != 1) {
      return -1;
    }
    Scalar part = new Scalar();
    values.part(before, value, 0, payloads[0], part);
    int arguments = graph.edge(graph.a(before) + 1);
    int place = values.libraryPlace(before);
    if (part.type == Scalar.Type.OTHER || place < 0 || graph.firstChunk(graph.b(before)) >= 0) {
      return -1;
    }
    int[] members = new int[graph.b(arguments)];
    for (int i = 0; i < members.length; i++) {
      members[i] = graph.edge(graph.a(arguments) + i);
    }
    members[place] = payload(part, payloads[0]);
    int made = tuple(members);
    int first = edge(graph.edge(graph.a(before)));
    edge(made);
    return node(graph.op(before), first, GraphBuilder.NO_CHUNK);
  }

  /** A part in the form that the node before has. */
  private int payload(Scalar part, int before) {
    if (part.type == Scalar.Type.INT) {
      return integer(part.isBig ? part.big : BigInteger.valueOf(part.number));
    }
    Kind kind = graph.kind(before);
    byte[] bytes = copy(part);
    if (kind != Kind.STR) {
      return text(kind, bytes);
    }
    String characters = new String(bytes, StandardCharsets.UTF_8);
    return encoded(characters.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static byte[] copy(Scalar value) {
    return java.util.Arrays.copyOfRange(value.bytes, value.offset, value.offset + value.length);
  }

  /** The kind of text that stands where none stood: of Python 2 where all of it is ASCII. */
  private Kind newKind(byte[] text) {
    for (byte b : text) {
      if (b < 0) {
        return Kind.STR;
      }
    }
    return isPython2 ? Kind.PY2_STR : Kind.STR;
  }

  private int state(Scalar value) {
    if (isPython2) {
      return text(Kind.PY2_STR, TimeBytes.of(value));
    }
    return protocol < 3 ? encoded(TimeBytes.of(value)) : text(Kind.BYTES, TimeBytes.of(value));
  }

  /** Bytes as Python 3 writes them for protocols that have none. */
  private int encoded(byte[] bytes) {
    if (bytes.length == 0) {
      int none = tuple();
      int at = edge(globals.computeIfAbsent("__builtin__\nbytes", this::global));
      edge(none);
      return node(Op.REDUCE_BYTES, at, GraphBuilder.NO_CHUNK);
    }
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int first = text(Kind.STR, text.getBytes(StandardCharsets.UTF_8));
    int second = text(Kind.STR, "latin1".getBytes(StandardCharsets.UTF_8));
    int callable = globals.computeIfAbsent("_codecs\nencode", this::global);
    int arguments = tuple(first, second);
    int at = edge(callable);
    edge(arguments);
    return node(Op.REDUCE_BYTES, at, GraphBuilder.NO_CHUNK);
  }

  private int tuple(int... members) {
    return node(tupleOp(members.length), edgesOf(members, 0, members.length), members.length);
  }

  private int tupleOp(int members) {
    if (members == 0) {
      return protocol == 0 ? Op.TUPLE : Op.EMPTY_TUPLE;
    }
    if (protocol < 2 || members > 3) {
      return Op.TUPLE;
    }
    return members == 1 ? Op.TUPLE1 : members == 2 ? Op.TUPLE2 : Op.TUPLE3;
  }

  /** A datetime of a zone that is there already. */
  private int instant(Scalar value, int zone) {
    return call("datetime", "datetime", state(value), zone);
  }

  private int duration(long micros) {
    long seconds = Math.floorDiv(micros, SECOND);
    return call(
        "datetime",
        "timedelta",
        integer(BigInteger.valueOf(Math.floorDiv(seconds, DAY))),
        integer(BigInteger.valueOf(Math.floorMod(seconds, DAY))),
        integer(BigInteger.valueOf(Math.floorMod(micros, SECOND))));
  }

  /** An object of the class, and what it keeps of a UUID: the number. */
  private int uuid(BigInteger number) {
    int type = globals.computeIfAbsent("uuid\nUUID", this::global);
    int object;
    if (protocol >= 2) {
      object = made(Op.NEWOBJ, type, tuple());
    } else {
      int base = globals.computeIfAbsent("__builtin__\nobject", this::global);
      int maker = globals.computeIfAbsent("copy_reg\n_reconstructor", this::global);
      object = made(Op.REDUCE_OBJECT, maker, tuple(type, base, none()));
    }
    build(object, dict(new int[] {name("int"), integer(number)}));
    return object;
  }

  /** {@code datetime.timezone.utc}. */
  private int utc() {
    int zero = integer(BigInteger.ZERO);
    return call("datetime", "timezone", call("datetime", "timedelta", zero, zero, zero));
  }

  private int call(String module, String name, int... members) {
    int callable = globals.computeIfAbsent(module + "\n" + name, this::global);
    int arguments = tuple(members);
    int first = edge(callable);
    edge(arguments);
    return node(Op.REDUCE, first, GraphBuilder.NO_CHUNK);
  }

  /** A tuple of these, as the protocol writes one. */
  public int tupleOf(int[] members) {
    return tuple(members);
  }

  /** A new list, dict or set without members. */
  public int container(int op) {
    return node(op, 0, GraphBuilder.NO_CHUNK);
  }

  /** A new dict of these keys and values. */
  public int dict(int[] pairs) {
    int op = protocol == 0 ? Op.DICT : Op.EMPTY_DICT;
    int node = container(op);
    fill(node, op, true, pairs);
    return node;
  }

  /** A new list. */
  public int list(int[] items) {
    int op = protocol == 0 ? Op.LIST : Op.EMPTY_LIST;
    int node = container(op);
    fill(node, op, false, items);
    return node;
  }

  /** Lists of two, one for each pair. */
  public int[] listed(int[] pairs) {
    int[] lists = new int[pairs.length / 2];
    for (int i = 0; i < lists.length; i++) {
      lists[i] = list(new int[] {pairs[2 * i], pairs[2 * i + 1]});
    }
    return lists;
  }

  /** A new node of that op with members of a fixed number. */
  public int members(int op, int[] members) {
    return node(op, edgesOf(members, 0, members.length), members.length);
  }

  /** What is made as another object or call was, of the same class and with the same arguments. */
  public int like(int node) {
    int count = 2;
    int op = graph.op(node);
    if (op == Op.NEWOBJ_EX || Op.isHolding(op)) {
      count = 3;
    } else if (op == Op.OBJ || op == Op.INST) {
      count = 2 + graph.edge(graph.a(node) + 1);
    }
    int[] operands = new int[count];
    for (int i = 0; i < count; i++) {
      operands[i] = graph.edge(graph.a(node) + i);
    }
    return made(op, operands);
  }

  /** What an op that calls something makes of these operands. */
  public int made(int op, int... operands) {
    return node(op, edgesOf(operands, 0, operands.length), GraphBuilder.NO_CHUNK);
  }

  /** Gives a new object its state. */
  public void build(int object, int state) {
    add(object, ChunkKind.BUILD, state);
  }

  /** A text that is a key, of the kind that the save's texts are; Python has each one once. */
  public int name(String name) {
    return names.computeIfAbsent(
        name,
        k -> {
          byte[] bytes = k.getBytes(StandardCharsets.UTF_8);
          return text(newKind(bytes), bytes);
        });
  }

  private int integer(BigInteger value) {
    int op = NaturalOps.ofInt(value, protocol);
    return switch (op) {
      case Op.BININT, Op.BININT1, Op.BININT2 -> node(op, value.intValue(), 0);
      case Op.LONG1, Op.LONG4 -> slice(op, NaturalOps.littleEndian(value));
      default -> slice(op, NaturalOps.decimal(value));
    };
  }

  private int real(double value) {
    if (protocol == 0) {
      return slice(Op.FLOAT, PythonText.repr(value));
    }
    long bits = Double.doubleToRawLongBits(value);
    return node(Op.BINFLOAT, (int) (bits >> Integer.SIZE), (int) bits);
  }

  private int text(Kind kind, byte[] bytes) {
    int op = NaturalOps.ofBytes(kind, bytes.length, protocol);
    if (op == Op.STRING) {
      return slice(op, PythonText.quoted(bytes, 0, bytes.length));
    }
    return slice(
        op, op == Op.UNICODE ? PythonText.rawUnicodeEscape(bytes, 0, bytes.length) : bytes);
  }

  /** The result of calling a class with one argument, as {@code __reduce__} gives it. */
  private int made(String module, String name, int argument) {
    if (argument < 0) {
      return -1;
    }
    return call(module, name, argument);
  }

  private int global(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (protocol < 4) {
      return slice(protocol < 3 ? Op.GLOBAL_FIX : Op.GLOBAL, bytes);
    }
    int split = name.indexOf('\n');
    int module = text(Kind.STR, name.substring(0, split).getBytes(StandardCharsets.UTF_8));
    int qualname = text(Kind.STR, name.substring(split + 1).getBytes(StandardCharsets.UTF_8));
    return node(Op.STACK_GLOBAL, module, qualname);
  }

  private int slice(int op, byte[] bytes) {
    int at = pool.size();
    pool.put(bytes, 0, bytes.length);
    return node(op, at, bytes.length);
  }

  private int node(int op, int first, int second) {
    ops.add(op);
    firsts.add(first);
    seconds.add(second);
    return graph.size() + ops.size() - 1;
  }

  private int edge(int target) {
    edges.add(target);
    return graph.edgeCount() + edges.size() - 1;
  }

  /** Members come before a state, as a pickler writes them. */
  private void chunks(GraphBuilder builder, int[] containers) {
    replaced.values().forEach(members -> add(builder, members.chunks()));
    for (int c = 0; c < containers.length; c++) {
      Members other = replaced.get(containers[c]);
      int kind = graph.chunkKind(c);
      if (other == null || !MemberChunks.isOf(kind, other.isPairs(), graph.op(containers[c]))) {
        builder.chunk(containers[c], kind, graph.chunkStart(c), graph.chunkLength(c));
      }
    }
    add(builder, added);
  }

  private static void add(GraphBuilder builder, List<Added> chunks) {
    for (Added chunk : chunks) {
      builder.chunk(chunk.container(), chunk.kind(), chunk.start(), chunk.length());
    }
  }

  /** The new graph. */
  public SaveGraph finish() {
    GraphBuilder builder = new GraphBuilder().reset(pool.toArray());
    for (int edge = 0; edge < graph.edgeCount(); edge++) {
      builder.edge(redirected.getOrDefault(edge, graph.edge(edge)));
    }
    for (int i = 0; i < edges.size(); i++) {
      builder.edge(edges.get(i));
    }
    int[] containers = new int[graph.chunkCount()];
    for (int node = 0; node < graph.size(); node++) {
      int op = graph.op(node);
      boolean chunked = SaveGraph.hasChunks(op);
      int[] tuple = tuples.get(node);
      if (tuple == null) {
        builder.node(op, graph.a(node), chunked ? GraphBuilder.NO_CHUNK : graph.b(node));
      } else {
        builder.node(tuple[0], tuple[1], tuple[2]);
      }
      if (tuple == null ? graph.isPut(node) : tuple[0] != Op.EMPTY_TUPLE) {
        builder.markPut(node);
      }
      if (graph.isReadonly(node)) {
        builder.markReadonly(node);
      }
      if (chunked) {
        int last = graph.b(node);
        for (int c = graph.firstChunk(last); c >= 0; c = graph.nextChunk(c, last)) {
          containers[c] = node;
        }
      }
    }
    for (int i = 0; i < ops.size(); i++) {
      int node = builder.node(ops.get(i), firsts.get(i), seconds.get(i));
      if (ops.get(i) > Op.BINFLOAT && ops.get(i) != Op.EMPTY_TUPLE) {
        builder.markPut(node);
      }
    }
    chunks(builder, containers);
    int[] discards = graph.discards();
    for (int i = 0; i < discards.length; i += 2) {
      builder.discard(discards[i], discards[i + 1]);
    }
    return builder.build(root, graph.style());
  }
}
