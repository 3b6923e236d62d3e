package io.picklift.schema.tables.edit;

import io.picklift.codec.model.ChunkKind;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.edits.OnMissing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Objects that are to leave a graph, taken out of every place that it has them in. What is reached
 * by them alone leaves with them.
 */
public final class LeavingObjects {
  /** What a place is, which says whether None can stand there and whether it can go. */
  private enum Place {
    ITEM,
    MEMBER_OF_SET,
    KEY,
    VALUE,
    MEMBER_OF_TUPLE,
    FIXED
  }

  /**
   * A place that the object cannot leave.
   *
   * @param node of the object
   * @param why goes on with what stands in the place
   */
  public record Refused(int node, String why) {}

  private final SaveGraph graph;
  private final GraphEditor editor;
  private final Map<Integer, OnMissing> leaving;
  private final Set<Integer> dropped;
  private final BitSet met = new BitSet();
  private final Deque<Integer> open = new ArrayDeque<>();

  /** Edges of members that leave their container, by the container. */
  private final Map<Integer, Set<Integer>> removed = new LinkedHashMap<>();

  private final Set<Integer> emptied = new HashSet<>();

  /** Lists and dicts whose members a fold took: the fold that has them. */
  private final Map<Integer, Integer> folds = new HashMap<>();

  /** Lists that calls get, and lists of two in these, which stand for a key and its value. */
  private final Set<Integer> arguments = new HashSet<>();

  private final Set<Integer> pairs = new HashSet<>();
  private @Nullable Refused refused;

  /**
   * @param leaving what becomes of the references to each of these nodes
   * @param dropped edges that leave whatever they lead to
   */
  public LeavingObjects(SaveGraph graph, Map<Integer, OnMissing> leaving, Set<Integer> dropped) {
    this.graph = graph;
    this.leaving = leaving;
    this.dropped = dropped;
    editor = new GraphEditor(graph);
  }

  /** The graph without them; null where {@link #refused} says why not. */
  public @Nullable SaveGraph apply() {
    meet(graph.root());
    while (!open.isEmpty()) {
      parts(open.remove());
    }
    removed.forEach(this::rest);
    return refused == null ? editor.finish() : null;
  }

  public @Nullable Refused refused() {
    return refused;
  }

  private void meet(int node) {
    if (!met.get(node)) {
      met.set(node);
      open.add(node);
    }
  }

  /** Settles the places that a node has other nodes in. */
  private void parts(int node) {
    int op = graph.op(node);
    if (SaveGraph.isConstructed(op) && op != Op.OBJ && op != Op.INST) {
      call(node, op);
    }
    NodeParts.visit(graph, node, new Places(node));
  }

  private final class Places implements NodeParts.Visitor {
    private final int node;

    Places(int node) {
      this.node = node;
    }

    @Override
    public void operand(int part) {
      meet(part);
    }

    @Override
    public void made(int start, int count) {
      places(node, start, count, Place.FIXED);
    }

    @Override
    public void members(int start, int count) {
      boolean isSet = graph.op(node) == Op.FROZENSET;
      places(node, start, count, isSet ? Place.MEMBER_OF_SET : Place.MEMBER_OF_TUPLE);
    }

    @Override
    public void chunk(int chunk) {
      LeavingObjects.this.chunk(node, chunk);
    }
  }

  /** Notes the lists and dicts that a call's arguments are. */
  private void call(int node, int op) {
    int tuple = graph.edge(graph.a(node) + 1);
    if (!Op.hasMembers(graph.op(tuple))) {
      return;
    }
    for (int i = 0; i < graph.b(tuple); i++) {
      int argument = graph.edge(graph.a(tuple) + i);
      if (graph.kind(argument) == Kind.LIST || graph.kind(argument) == Kind.DICT) {
        if (Op.isHolding(op)) {
          folds.put(argument, node);
        } else {
          arguments.add(argument);
        }
      }
    }
  }

  private void chunk(int node, int chunk) {
    int start = graph.chunkStart(chunk);
    int count = graph.chunkLength(chunk);
    int kind = graph.chunkKind(chunk);
    if (kind == ChunkKind.BUILD) {
      places(node, start, count, Place.FIXED);
    } else if (MemberChunks.isOf(kind, true, graph.op(node))) {
      for (int i = start; i < start + count; i += 2) {
        if (!place(node, i, Place.KEY) || !place(node, i + 1, Place.VALUE)) {
          removed.computeIfAbsent(node, k -> new HashSet<>()).addAll(List.of(i, i + 1));
        }
      }
    } else {
      places(node, start, count, isSet(node) ? Place.MEMBER_OF_SET : Place.ITEM);
    }
  }

  private boolean isSet(int node) {
    int fold = folds.getOrDefault(node, node);
    return graph.kind(fold) == Kind.SET || graph.kind(fold) == Kind.FROZENSET;
  }

  private void places(int node, int start, int count, Place place) {
    for (int i = start; i < start + count; i++) {
      if (arguments.contains(node) && graph.kind(graph.edge(i)) == Kind.LIST) {
        pairs.add(graph.edge(i));
      }
      if (!place(node, i, place)) {
        removed.computeIfAbsent(node, k -> new HashSet<>()).add(i);
      }
    }
  }

  /** Settles one place; false where what stands there leaves its container. */
  private boolean place(int node, int edge, Place place) {
    int target = graph.edge(edge);
    OnMissing what =
        dropped.contains(edge) ? OnMissing.DROP : leaving.getOrDefault(target, OnMissing.ERROR);
    if (what == OnMissing.ERROR) {
      // Of OBJ and INST the edge that counts arguments is never asked for.
      meet(target);
      return true;
    }
    boolean isDrop = what == OnMissing.DROP;
    String why =
        switch (place) {
          case FIXED -> "is what another object is made by";
          case MEMBER_OF_TUPLE ->
              isDrop ? "stands in a tuple, whose other places would move: on_missing: null" : null;
          case KEY, MEMBER_OF_SET ->
              isDrop ? null : "is a key or a member of a set, as None would be: on_missing: drop";
          case ITEM ->
              isDrop && pairs.contains(node) ? "is an argument by which a dict is made" : null;
          case VALUE -> null;
        };
    if (why != null) {
      refuse(target, why);
      return true;
    }
    if (isDrop) {
      return false;
    }
    emptied.add(edge);
    editor.redirect(edge, editor.none());
    return true;
  }

  private void refuse(int node, String why) {
    if (refused == null) {
      refused = new Refused(node, why);
    }
  }

  /** Gives a container the members that are left. */
  private void rest(int container, Set<Integer> without) {
    List<Integer> left = new ArrayList<>();
    int any = without.iterator().next();
    boolean isPairs = false;
    int count = 0;
    if (Op.hasMembers(graph.op(container))) {
      count = graph.b(container);
      keep(left, graph.a(container), count, without);
    } else {
      isPairs = isOfPair(container, any);
      int last = graph.b(container);
      for (int c = graph.firstChunk(last); c >= 0; c = graph.nextChunk(c, last)) {
        if (MemberChunks.isOf(graph.chunkKind(c), isPairs, graph.op(container))) {
          count += graph.chunkLength(c);
          keep(left, graph.chunkStart(c), graph.chunkLength(c), without);
        }
      }
    }
    int[] members = left.stream().mapToInt(Integer::intValue).toArray();
    int holder = folds.getOrDefault(container, container);
    // An object may have been given items and pairs; it can lose those of one kind.
    boolean areAllOut = members.length + without.size() == count;
    if (!areAllOut || !editor.members(holder, isPairs, members)) {
      refuse(graph.edge(any), "is a member of what cannot lose one");
    }
  }

  /** Whether an edge is one of a key or its value. */
  private boolean isOfPair(int container, int edge) {
    int last = graph.b(container);
    for (int c = graph.firstChunk(last); c >= 0; c = graph.nextChunk(c, last)) {
      int start = graph.chunkStart(c);
      if (edge >= start && edge < start + graph.chunkLength(c)) {
        return MemberChunks.isOf(graph.chunkKind(c), true, graph.op(container));
      }
    }
    return false;
  }

  private void keep(List<Integer> left, int start, int count, Set<Integer> without) {
    for (int edge = start; edge < start + count; edge++) {
      if (!without.contains(edge)) {
        left.add(emptied.contains(edge) ? editor.none() : graph.edge(edge));
      }
    }
  }
}
