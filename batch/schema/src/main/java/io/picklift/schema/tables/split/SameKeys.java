package io.picklift.schema.tables.split;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.meaning.WellKnown;
import io.picklift.codec.model.ChunkKind;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.tables.values.IntList;
import java.util.BitSet;
import java.util.function.IntConsumer;

/**
 * Finds the keys and members whose values have to stay in the residue, for without them a container
 * would mean something else: all of a container that gives one twice, and every bool, since only
 * two of them differ.
 */
final class SameKeys {
  private final Meaning meaning;
  private final SaveGraph graph;

  /** Tuples whose bools were noted. */
  private final BitSet seen = new BitSet();

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
          boolean hasSame = given(node, true) != MemberSpan.count(meaning.itemSpan(node));
          keys(node, true, key -> need(key, hasSame, needed));
        }
        case SET, FROZENSET -> {
          if (isReached(node)) {
            boolean hasSame = members(node) != MemberSpan.count(meaning.itemSpan(node));
            keys(node, false, key -> need(key, hasSame, needed));
          }
        }
        case OBJECT, CALL -> {
          long pairs = isReached(node) ? pairs(node) : MemberSpan.EMPTY;
          if (pairs != MemberSpan.EMPTY) {
            int list = list(node);
            int all = list < 0 ? given(node, true) : 2 * MemberSpan.count(meaning.itemSpan(list));
            boolean hasSame = MemberSpan.count(pairs) != all;
            keys(node, true, key -> need(key, hasSame, needed));
            listedKeys(list, key -> need(key, hasSame, needed));
          }
        }
        default -> {}
      }
    }
  }

  private void need(int key, boolean hasSame, BitSet needed) {
    if (hasSame) {
      all(key, needed);
    } else {
      bools(key, needed);
    }
  }

  private boolean isReached(int node) {
    return meaning.references(node) > 0;
  }

  /** The pairs of a call that Python makes a dict of. */
  private long pairs(int node) {
    return meaning.wellKnown(node) instanceof WellKnown.Container container && container.isKeyed()
        ? container.members()
        : MemberSpan.EMPTY;
  }

  /** The list of lists of two that Python 2 gave an {@code OrderedDict} its pairs in, or -1. */
  private int list(int node) {
    long arguments = meaning.argumentSpan(node);
    int first = MemberSpan.count(arguments) == 1 ? meaning.member(MemberSpan.start(arguments)) : -1;
    return first >= 0 && graph.kind(first) == Kind.LIST ? first : -1;
  }

  private void listedKeys(int list, IntConsumer keys) {
    if (list >= 0) {
      for (int pair : meaning.items(list)) {
        keys.accept(meaning.items(pair)[0]);
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

  private void keys(int node, boolean pairs, IntConsumer keys) {
    int op = graph.op(node);
    if (op == Op.FROZENSET) {
      for (int i = 0; i < graph.b(node); i++) {
        keys.accept(graph.edge(graph.a(node) + i));
      }
      return;
    }
    if (op == Op.REDUCE_SET || op == Op.REDUCE_FROZENSET) {
      int list = graph.edge(graph.a(graph.edge(graph.a(node) + 1)));
      for (int item : meaning.items(list)) {
        keys.accept(item);
      }
    }
    int last = graph.b(node);
    for (int c = graph.firstChunk(last); c >= 0; c = graph.nextChunk(c, last)) {
      int start = graph.chunkStart(c);
      for (int i = 0; i < graph.chunkLength(c); i += pairs ? 2 : 1) {
        keys.accept(graph.edge(start + i));
      }
    }
  }

  /** Notes a key; of a tuple all that it is made of. */
  private void all(int key, BitSet needed) {
    IntList open = new IntList();
    open.add(key);
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

  /** Notes a key that is a bool; of a tuple those that it is made of. */
  private void bools(int key, BitSet needed) {
    if (graph.kind(key) == Kind.BOOL) {
      needed.set(key);
    } else if (graph.kind(key) == Kind.TUPLE && !seen.get(key)) {
      IntList open = new IntList();
      open.add(key);
      seen.set(key);
      for (int i = 0; i < open.size(); i++) {
        for (int member : meaning.items(open.get(i))) {
          if (graph.kind(member) == Kind.BOOL) {
            needed.set(member);
          } else if (graph.kind(member) == Kind.TUPLE && !seen.get(member)) {
            seen.set(member);
            open.add(member);
          }
        }
      }
    }
  }
}
