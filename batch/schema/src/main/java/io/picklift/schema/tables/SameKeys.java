package io.picklift.schema.tables;

import io.picklift.codec.graph.ChunkKind;
import io.picklift.codec.graph.Kind;
import io.picklift.codec.graph.Meaning;
import io.picklift.codec.graph.Op;
import io.picklift.codec.graph.SaveGraph;
import io.picklift.codec.graph.Span;
import io.picklift.codec.graph.WellKnown;
import java.util.BitSet;

/**
 * Finds the containers that give a key or member twice. What they mean depends on their keys'
 * values, which therefore stay in the residue.
 */
final class SameKeys {
  private final Meaning meaning;
  private final SaveGraph graph;

  SameKeys(Meaning meaning) {
    this.meaning = meaning;
    graph = meaning.graph();
  }

  /** Adds to {@code needed} what such containers are keyed by. */
  void need(BitSet needed) {
    for (int node = 0; node < graph.size(); node++) {
      Kind kind = graph.kind(node);
      switch (kind) {
        case DICT -> {
          if (given(node, true) != Span.count(meaning.itemSpan(node))) {
            keys(node, true, needed);
          }
        }
        case SET, FROZENSET -> {
          if (isReached(node) && members(node) != Span.count(meaning.itemSpan(node))) {
            keys(node, false, needed);
          }
        }
        case OBJECT, CALL -> {
          if (isReached(node) && hasSame(node)) {
            keys(node, true, needed);
            listedKeys(node, needed);
          }
        }
        default -> {}
      }
    }
  }

  private boolean isReached(int node) {
    return meaning.references(node) > 0;
  }

  private boolean hasSame(int node) {
    WellKnown known = meaning.wellKnown(node);
    long pairs =
        known instanceof WellKnown.OrderedDict dict
            ? dict.pairs()
            : known instanceof WellKnown.DefaultDict dict ? dict.pairs() : Span.EMPTY;
    if (pairs == Span.EMPTY) {
      return false;
    }
    int list = list(node);
    int all = list < 0 ? given(node, true) : 2 * Span.count(meaning.itemSpan(list));
    return Span.count(pairs) != all;
  }

  /** The list of lists of two that Python 2 gave an {@code OrderedDict} its pairs in, or -1. */
  private int list(int node) {
    long arguments = meaning.argumentSpan(node);
    int first = Span.count(arguments) == 1 ? meaning.member(Span.start(arguments)) : -1;
    return first >= 0 && graph.kind(first) == Kind.LIST ? first : -1;
  }

  private void listedKeys(int node, BitSet needed) {
    int list = list(node);
    if (list >= 0) {
      for (int pair : meaning.items(list)) {
        key(meaning.items(pair)[0], needed);
      }
    }
  }

  /** How many members the opcodes gave a set. */
  private int members(int node) {
    int op = graph.op(node);
    if (op == Op.FROZENSET) {
      return graph.b(node);
    }
    int held = op == Op.EMPTY_SET ? 0 : graph.edge(graph.a(node) + 2);
    return held + given(node, false);
  }

  private int given(int node, boolean pairs) {
    int last = graph.b(node);
    int count = 0;
    for (int c = graph.firstChunk(last); c >= 0; c = graph.nextChunk(c, last)) {
      int kind = graph.chunkKind(c);
      boolean counts = pairs ? isPairs(kind) : kind != ChunkKind.BUILD;
      count += counts ? graph.chunkLength(c) : 0;
    }
    return count;
  }

  private static boolean isPairs(int chunkKind) {
    return chunkKind == ChunkKind.INITIAL
        || chunkKind == ChunkKind.SETITEM
        || chunkKind == ChunkKind.SETITEMS;
  }

  private void keys(int node, boolean pairs, BitSet needed) {
    int op = graph.op(node);
    if (op == Op.FROZENSET) {
      for (int i = 0; i < graph.b(node); i++) {
        key(graph.edge(graph.a(node) + i), needed);
      }
      return;
    }
    if (op == Op.REDUCE_SET || op == Op.REDUCE_FROZENSET) {
      int list = graph.edge(graph.a(graph.edge(graph.a(node) + 1)));
      for (int item : meaning.items(list)) {
        key(item, needed);
      }
    }
    int last = graph.b(node);
    for (int c = graph.firstChunk(last); c >= 0; c = graph.nextChunk(c, last)) {
      int start = graph.chunkStart(c);
      for (int i = 0; i < graph.chunkLength(c); i += pairs ? 2 : 1) {
        key(graph.edge(start + i), needed);
      }
    }
  }

  /** Notes a key; of a tuple all that it is made of. */
  private void key(int node, BitSet needed) {
    Ints open = new Ints();
    open.add(node);
    for (int i = 0; i < open.size(); i++) {
      int at = open.get(i);
      if (graph.kind(at) != Kind.TUPLE) {
        needed.set(at);
      } else if (!needed.get(at)) {
        needed.set(at);
        for (int member : meaning.items(at)) {
          open.add(member);
        }
      }
    }
  }
}
