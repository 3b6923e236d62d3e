package io.picklift.schema.tables.edit;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.meaning.WellKnown;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.tables.values.IntList;

/**
 * The edges behind members that {@link Meaning} has joined of several pieces: of a dict to which
 * each pair was added on its own, as at protocol 0, or of Python 2's {@code OrderedDict}, which is
 * called with a list of pairs.
 */
final class JoinedEdges {
  static final int NONE = -1;

  private final Meaning meaning;
  private final SaveGraph graph;

  JoinedEdges(Meaning meaning) {
    this.meaning = meaning;
    graph = meaning.graph();
  }

  /** The edge that leads to a member; {@link #NONE} where that is not to be told. */
  int edge(int place) {
    for (int node = 0; node < graph.size() && place >= graph.edgeCount(); node++) {
      long span = span(node);
      int at = place - MemberSpan.start(span);
      if (MemberSpan.count(span) > 0 && at >= 0 && at < MemberSpan.count(span)) {
        return edge(node, at, span);
      }
    }
    return NONE;
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
    IntList edges = new IntList();
    if (SaveGraph.hasChunks(graph.op(node))) {
      int last = graph.b(node);
      for (int c = graph.firstChunk(last); c >= 0; c = graph.nextChunk(c, last)) {
        for (int i = 0; i < graph.chunkLength(c); i++) {
          edges.add(graph.chunkStart(c) + i);
        }
      }
    }
    if (edges.size() == 0) {
      addPairs(node, edges);
    }
    boolean isIt =
        edges.size() == MemberSpan.count(span)
            && graph.edge(edges.get(at)) == meaning.member(MemberSpan.start(span) + at);
    return isIt ? edges.get(at) : NONE;
  }

  /** Those of a list of pairs that is the one argument. */
  private void addPairs(int node, IntList edges) {
    boolean isMade = graph.kind(node) == Kind.CALL || graph.kind(node) == Kind.OBJECT;
    int[] arguments = isMade ? meaning.arguments(node) : new int[0];
    boolean isList = arguments.length == 1 && graph.kind(arguments[0]) == Kind.LIST;
    for (int pair : isList ? meaning.items(arguments[0]) : new int[0]) {
      boolean isPair = graph.kind(pair) == Kind.LIST || graph.kind(pair) == Kind.TUPLE;
      long items = isPair ? meaning.itemSpan(pair) : MemberSpan.of(0, 0);
      for (int i = 0; i < MemberSpan.count(items); i++) {
        int place = MemberSpan.start(items) + i;
        edges.add(place < graph.edgeCount() ? place : edge(pair, i, items));
      }
    }
  }
}
