package io.picklift.schema.tables.edit;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.meaning.WellKnown;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.tables.values.IntList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The edges behind members that {@link Meaning} has joined of several pieces: of a dict to which
 * each pair was added on its own, as at protocol 0, or of Python 2's {@code OrderedDict}, which is
 * called with a list of pairs.
 */
final class JoinedEdges {
  static final int NONE = -1;

  private final Meaning meaning;
  private final SaveGraph graph;
  private final Map<Integer, IntList> edges = new HashMap<>();
  private @Nullable NavigableMap<Integer, List<Integer>> holders;

  JoinedEdges(Meaning meaning) {
    this.meaning = meaning;
    graph = meaning.graph();
  }

  /** The edge that leads to a member; {@link #NONE} where that is not to be told. */
  int edge(int place) {
    if (place < graph.edgeCount()) {
      return NONE;
    }
    Map.Entry<Integer, List<Integer>> holders = holders().floorEntry(place);
    // A set that is called with a list has the members of the list.
    for (int node : holders == null ? List.<Integer>of() : holders.getValue()) {
      long span = span(node);
      int at = place - MemberSpan.start(span);
      int edge = at < MemberSpan.count(span) ? edge(node, at, span) : NONE;
      if (edge != NONE) {
        return edge;
      }
    }
    return NONE;
  }

  /** By where members that were joined begin, the nodes that have them. */
  private NavigableMap<Integer, List<Integer>> holders() {
    NavigableMap<Integer, List<Integer>> known = holders;
    if (known == null) {
      known = new TreeMap<>();
      for (int node = 0; node < graph.size(); node++) {
        long span = span(node);
        if (MemberSpan.count(span) > 0 && MemberSpan.start(span) >= graph.edgeCount()) {
          known.computeIfAbsent(MemberSpan.start(span), k -> new ArrayList<>()).add(node);
        }
      }
      holders = known;
    }
    return known;
  }

  private long span(int node) {
    return switch (graph.kind(node)) {
      case LIST, TUPLE, SET, FROZENSET -> meaning.itemSpan(node);
      case DICT -> meaning.pairSpan(node);
      case OBJECT, CALL ->
          meaning.wellKnown(node) instanceof WellKnown.Container container
              ? container.members()
              : meaning.entrySpan(node);
      default -> MemberSpan.of(0, 0);
    };
  }

  /** Of members that equal keys were dropped of, nothing is told. */
  private int edge(int node, int at, long span) {
    IntList of = edges(node);
    boolean isIt =
        of.size() == MemberSpan.count(span)
            && graph.edge(of.get(at)) == meaning.member(MemberSpan.start(span) + at);
    return isIt ? of.get(at) : NONE;
  }

  private IntList edges(int node) {
    IntList known = edges.get(node);
    if (known == null) {
      known = new IntList();
      if (SaveGraph.hasChunks(graph.op(node))) {
        int last = graph.b(node);
        for (int c = graph.firstChunk(last); c >= 0; c = graph.nextChunk(c, last)) {
          for (int i = 0; i < graph.chunkLength(c); i++) {
            known.add(graph.chunkStart(c) + i);
          }
        }
      }
      if (known.size() == 0) {
        addPairs(node, known);
      }
      edges.put(node, known);
    }
    return known;
  }

  /** Those of a list of pairs that is the one argument. */
  private void addPairs(int node, IntList to) {
    boolean isMade = graph.kind(node) == Kind.CALL || graph.kind(node) == Kind.OBJECT;
    int[] arguments = isMade ? meaning.arguments(node) : new int[0];
    boolean isList = arguments.length == 1 && graph.kind(arguments[0]) == Kind.LIST;
    for (int pair : isList ? meaning.items(arguments[0]) : new int[0]) {
      boolean isPair = graph.kind(pair) == Kind.LIST || graph.kind(pair) == Kind.TUPLE;
      long items = isPair ? meaning.itemSpan(pair) : MemberSpan.of(0, 0);
      for (int i = 0; i < MemberSpan.count(items); i++) {
        int place = MemberSpan.start(items) + i;
        to.add(place < graph.edgeCount() ? place : edge(pair, i, items));
      }
    }
  }
}
