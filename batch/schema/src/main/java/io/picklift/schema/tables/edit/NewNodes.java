package io.picklift.schema.tables.edit;

import io.picklift.codec.bytes.ByteOutput;
import io.picklift.codec.model.ChunkKind;
import io.picklift.codec.model.GraphBuilder;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.Python2Text;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.tables.values.IntList;
import io.picklift.schema.tables.values.NaturalOps;
import io.picklift.schema.tables.values.PythonText;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Nodes and edges that are added to a graph behind those that it has, in the forms of its protocol.
 */
final class NewNodes {
  private final SaveGraph graph;
  private final int protocol;

  /** Its text is str of Python 2, and so is what is new. */
  private final boolean isPython2;

  private final ByteOutput pool = new ByteOutput();
  private final IntList ops = new IntList();
  private final IntList firsts = new IntList();
  private final IntList seconds = new IntList();
  private final IntList edges = new IntList();
  private final List<Added> added = new ArrayList<>();
  private final Map<String, Integer> globals = new HashMap<>();
  private final Map<String, Integer> names = new HashMap<>();

  /** Members that a container gets: their edges are new ones. */
  record Added(int container, int kind, int start, int length) {}

  NewNodes(SaveGraph graph) {
    this.graph = graph;
    protocol = graph.style().protocol();
    isPython2 = protocol < 3 && Python2Text.isIn(graph);
    pool.put(graph.source(), 0, graph.source().length);
  }

  int protocol() {
    return protocol;
  }

  boolean isPython2() {
    return isPython2;
  }

  int none() {
    return node(Op.NONE, 0, 0);
  }

  /** The node of a whole number. */
  int integer(BigInteger value) {
    int op = NaturalOps.ofInt(value, protocol);
    return switch (op) {
      case Op.BININT, Op.BININT1, Op.BININT2 -> node(op, value.intValue(), 0);
      case Op.LONG1, Op.LONG4 -> slice(op, NaturalOps.littleEndian(value));
      default -> slice(op, NaturalOps.decimal(value));
    };
  }

  int real(double value) {
    if (protocol == 0) {
      return slice(Op.FLOAT, PythonText.repr(value));
    }
    long bits = Double.doubleToRawLongBits(value);
    return node(Op.BINFLOAT, (int) (bits >> Integer.SIZE), (int) bits);
  }

  int text(Kind kind, byte[] bytes) {
    int op = NaturalOps.ofBytes(kind, bytes.length, protocol);
    if (op == Op.STRING) {
      return slice(op, PythonText.quoted(bytes, 0, bytes.length));
    }
    return slice(
        op, op == Op.UNICODE ? PythonText.rawUnicodeEscape(bytes, 0, bytes.length) : bytes);
  }

  /** The kind of text that stands where none stood: of Python 2 where all of it is ASCII. */
  Kind newKind(byte[] text) {
    for (byte b : text) {
      if (b < 0) {
        return Kind.STR;
      }
    }
    return isPython2 ? Kind.PY2_STR : Kind.STR;
  }

  /** A text that is a key, of the kind that the save's texts are; Python has each one once. */
  int name(String name) {
    return names.computeIfAbsent(
        name,
        k -> {
          byte[] bytes = k.getBytes(StandardCharsets.UTF_8);
          return text(newKind(bytes), bytes);
        });
  }

  /** The class or function of a module's name and its own, with a line end between. */
  int global(String name) {
    return globals.computeIfAbsent(name, this::newGlobal);
  }

  private int newGlobal(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (protocol < 4) {
      return slice(protocol < 3 ? Op.GLOBAL_FIX : Op.GLOBAL, bytes);
    }
    int split = name.indexOf('\n');
    int module = text(Kind.STR, name.substring(0, split).getBytes(StandardCharsets.UTF_8));
    int qualname = text(Kind.STR, name.substring(split + 1).getBytes(StandardCharsets.UTF_8));
    return node(Op.STACK_GLOBAL, module, qualname);
  }

  /** The result of calling a class or function. */
  int call(String module, String name, int... members) {
    int callable = global(module + "\n" + name);
    int arguments = tuple(members);
    int first = edge(callable);
    edge(arguments);
    return node(Op.REDUCE, first, GraphBuilder.NO_CHUNK);
  }

  /** What an op that calls something makes of these operands. */
  int made(int op, int... operands) {
    return node(op, edgesOf(operands, 0, operands.length), GraphBuilder.NO_CHUNK);
  }

  int tuple(int... members) {
    return node(tupleOp(members.length), edgesOf(members, 0, members.length), members.length);
  }

  /** The op of a tuple of so many members. */
  int tupleOp(int members) {
    if (members == 0) {
      return protocol == 0 ? Op.TUPLE : Op.EMPTY_TUPLE;
    }
    if (protocol < 2 || members > 3) {
      return Op.TUPLE;
    }
    return members == 1 ? Op.TUPLE1 : members == 2 ? Op.TUPLE2 : Op.TUPLE3;
  }

  /** A new node of that op with members of a fixed number. */
  int members(int op, int[] members) {
    return node(op, edgesOf(members, 0, members.length), members.length);
  }

  /** A new list, dict or set without members. */
  int container(int op) {
    return node(op, 0, GraphBuilder.NO_CHUNK);
  }

  /** A new dict of these keys and values. */
  int dict(int[] pairs) {
    int op = protocol == 0 ? Op.DICT : Op.EMPTY_DICT;
    int node = container(op);
    fill(node, op, true, pairs);
    return node;
  }

  /** A new list. */
  int list(int[] items) {
    int op = protocol == 0 ? Op.LIST : Op.EMPTY_LIST;
    int node = container(op);
    fill(node, op, false, items);
    return node;
  }

  /** Lists of two, one for each pair. */
  int[] listed(int[] pairs) {
    int[] lists = new int[pairs.length / 2];
    for (int i = 0; i < lists.length; i++) {
      lists[i] = list(new int[] {pairs[2 * i], pairs[2 * i + 1]});
    }
    return lists;
  }

  /** Gives a new object its state. */
  void build(int object, int state) {
    add(object, ChunkKind.BUILD, state);
  }

  /** Gives a new node its members. */
  void fill(int node, int op, boolean isPairs, int[] members) {
    added.addAll(chunks(node, op, isPairs, members));
  }

  /** Gives a container a chunk. */
  void add(int container, int kind, int... nodes) {
    added.add(new Added(container, kind, edgesOf(nodes, 0, nodes.length), nodes.length));
  }

  /** The chunks by which a container gets members; they are not added yet. */
  List<Added> chunks(int node, int op, boolean isPairs, int[] members) {
    List<Added> chunks = new ArrayList<>();
    for (MemberChunks.Chunk chunk :
        MemberChunks.of(op, isPairs, members.length, protocol, isPython2)) {
      int start = edgesOf(members, chunk.from(), chunk.to());
      chunks.add(new Added(node, chunk.kind(), start, chunk.to() - chunk.from()));
    }
    return chunks;
  }

  /** New edges to these nodes; the first of them. */
  int edgesOf(int[] nodes, int from, int to) {
    int start = graph.edgeCount() + edges.size();
    for (int i = from; i < to; i++) {
      edge(nodes[i]);
    }
    return start;
  }

  private int slice(int op, byte[] bytes) {
    int at = pool.size();
    pool.put(bytes, 0, bytes.length);
    return node(op, at, bytes.length);
  }

  int node(int op, int first, int second) {
    ops.add(op);
    firsts.add(first);
    seconds.add(second);
    return graph.size() + ops.size() - 1;
  }

  int edge(int target) {
    edges.add(target);
    return graph.edgeCount() + edges.size() - 1;
  }

  /** The bytes of the graph, and behind them those of the new nodes. */
  byte[] source() {
    return pool.toArray();
  }

  /** Adds the new edges to a graph that is made. */
  void edges(GraphBuilder builder) {
    for (int i = 0; i < edges.size(); i++) {
      builder.edge(edges.get(i));
    }
  }

  /** Adds the new nodes to a graph that is made. */
  void nodes(GraphBuilder builder) {
    for (int i = 0; i < ops.size(); i++) {
      int node = builder.node(ops.get(i), firsts.get(i), seconds.get(i));
      if (ops.get(i) > Op.BINFLOAT && ops.get(i) != Op.EMPTY_TUPLE) {
        builder.markPut(node);
      }
    }
  }

  /** Adds what containers were given to a graph that is made. */
  void chunks(GraphBuilder builder) {
    chunks(builder, added);
  }

  static void chunks(GraphBuilder builder, List<Added> chunks) {
    for (Added chunk : chunks) {
      builder.chunk(chunk.container(), chunk.kind(), chunk.start(), chunk.length());
    }
  }
}
