package io.picklift.schema.tables.edit;

import io.picklift.codec.model.ChunkKind;
import io.picklift.codec.model.GraphBuilder;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.Records;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.values.Scalar;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/** Copies a graph with some values replaced. New nodes stand behind those that were there. */
public final class GraphEditor {
  private static final int NO_EDGE = -1;

  /** More than one edge leads to the node. */
  private static final int SEVERAL = -2;

  private final SaveGraph graph;
  private final NewNodes nodes;
  private final NewValues values;
  private final Map<Integer, Integer> redirected = new HashMap<>();
  private int root;

  /** What takes the place of all members that a container has: pairs, or else items. */
  private record Members(boolean isPairs, List<NewNodes.Added> chunks) {}

  private final Map<Integer, Members> replaced = new HashMap<>();

  /** Tuples and frozensets that are made anew in their place: op, first edge, how many. */
  private final Map<Integer, int[]> tuples = new HashMap<>();

  public GraphEditor(SaveGraph graph) {
    this.graph = graph;
    nodes = new NewNodes(graph);
    values = new NewValues(graph, nodes);
    root = graph.root();
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
    int made = graph.op(node) == Op.REDUCE_BYTES ? values.encoded(bytes) : nodes.text(kind, bytes);
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
    int key = nodes.text(nodes.newKind(bytes), bytes);
    nodes.add(dict, ChunkKind.SETITEM, key, value);
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
      int tuple = op == Op.FROZENSET ? Op.FROZENSET : nodes.tupleOp(members.length);
      tuples.put(
          holder, new int[] {tuple, nodes.edgesOf(members, 0, members.length), members.length});
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
    replaced.put(holder, new Members(isPairs, nodes.chunks(holder, op, isPairs, members)));
    return true;
  }

  public int none() {
    return nodes.none();
  }

  /** Adds the nodes of a value; -1 where the protocol has no form for it that is made here. */
  public int value(Scalar value) {
    return values.value(value);
  }

  /**
   * Adds the nodes of what is to stand in another value's place: where that is an enum member, or
   * another call of the one argument, the same call of the new one.
   */
  public int value(Scalar value, int before, NodeValueReader reader) {
    return values.value(value, before, reader);
  }

  /** Another bytearray of the same bytes. */
  public int bytesLike(int node, byte[] bytes) {
    return SaveGraph.isConstructed(graph.op(node))
        ? like(node)
        : nodes.text(graph.kind(node), bytes);
  }

  /** A tuple of these, as the protocol writes one. */
  public int tupleOf(int[] members) {
    return nodes.tuple(members);
  }

  /** A new list, dict or set without members. */
  public int container(int op) {
    return nodes.container(op);
  }

  /** Gives a new node its members. */
  public void fill(int node, int op, boolean isPairs, int[] members) {
    nodes.fill(node, op, isPairs, members);
  }

  /** A new dict of these keys and values. */
  public int dict(int[] pairs) {
    return nodes.dict(pairs);
  }

  /** A new list. */
  public int list(int[] items) {
    return nodes.list(items);
  }

  /** Lists of two, one for each pair. */
  public int[] listed(int[] pairs) {
    return nodes.listed(pairs);
  }

  /** A new node of that op with members of a fixed number. */
  public int members(int op, int[] members) {
    return nodes.members(op, members);
  }

  /** A new set or frozenset, written as another one is. */
  public int set(int like, int[] members) {
    int op = graph.op(like);
    if (op == Op.FROZENSET) {
      return members(op, members);
    }
    if (op == Op.EMPTY_SET) {
      int made = container(op);
      fill(made, op, false, members);
      return made;
    }
    int arguments = tupleOf(new int[] {list(members)});
    return made(op, graph.edge(graph.a(like)), arguments, members.length);
  }

  /** What is made as another object or call was, of the same class and with the same arguments. */
  public int like(int node) {
    return like(node, operand -> operand);
  }

  /** The same with other arguments. */
  public int like(int node, IntUnaryOperator arguments) {
    int count = 2;
    int op = graph.op(node);
    if (op == Op.NEWOBJ_EX || Op.isHolding(op)) {
      count = 3;
    } else if (op == Op.OBJ || op == Op.INST) {
      count = 2 + graph.edge(graph.a(node) + 1);
    }
    int[] operands = new int[count];
    boolean isListed = op == Op.OBJ || op == Op.INST;
    for (int i = 0; i < count; i++) {
      int operand = graph.edge(graph.a(node) + i);
      boolean isArgument =
          isListed ? i > 1 : i == 1 || (i == 2 && !Op.isHolding(op) && op == Op.NEWOBJ_EX);
      operands[i] = isArgument ? arguments.applyAsInt(operand) : operand;
    }
    return nodes.made(op, operands);
  }

  /** What an op that calls something makes of these operands. */
  public int made(int op, int... operands) {
    return nodes.made(op, operands);
  }

  /** Gives a new object its state. */
  public void build(int object, int state) {
    nodes.build(object, state);
  }

  /** A text that is a key, of the kind that the save's texts are; Python has each one once. */
  public int name(String name) {
    return nodes.name(name);
  }

  /** Members come before a state, as a pickler writes them. */
  private void chunks(GraphBuilder builder, int[] containers) {
    replaced.values().forEach(members -> NewNodes.chunks(builder, members.chunks()));
    for (int c = 0; c < containers.length; c++) {
      Members other = replaced.get(containers[c]);
      int kind = graph.chunkKind(c);
      if (other == null || !MemberChunks.isOf(kind, other.isPairs(), graph.op(containers[c]))) {
        builder.chunk(containers[c], kind, graph.chunkStart(c), graph.chunkLength(c));
      }
    }
    nodes.chunks(builder);
  }

  /** The new graph. */
  public SaveGraph finish() {
    GraphBuilder builder = new GraphBuilder().reset(nodes.source());
    for (int edge = 0; edge < graph.edgeCount(); edge++) {
      builder.edge(redirected.getOrDefault(edge, graph.edge(edge)));
    }
    nodes.edges(builder);
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
    nodes.nodes(builder);
    chunks(builder, containers);
    int[] discards = graph.discards();
    for (int i = 0; i < discards.length; i += 2) {
      builder.discard(discards[i], discards[i + 1]);
    }
    return builder.build(root, graph.style());
  }
}
