package io.picklift.schema.tables.walk;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import java.util.BitSet;

/**
 * The names of classes and members that a walk looks at: which ones of the mapping they are, and
 * that their nodes are needed to walk the graph again.
 */
final class NeededNames {
  private static final int UNKNOWN = 0;

  private final WalkPlan plan;
  private final Meaning meaning;
  private final SaveGraph graph;

  /** For each text node that was met as a name its number plus two, 1 for one that no path has. */
  private final int[] names;

  private final BitSet needed = new BitSet();

  /** Containers whose names were noted as needed. */
  private final BitSet noted = new BitSet();

  NeededNames(WalkPlan plan, Meaning meaning) {
    this.plan = plan;
    this.meaning = meaning;
    graph = meaning.graph();
    names = new int[graph.size()];
  }

  /** Nodes whose value must stay in the residue. */
  BitSet nodes() {
    return needed;
  }

  void need(int node) {
    needed.set(node);
  }

  /** The number of the table of an object's class, or -1. */
  int classTable(int node) {
    int callable = meaning.callable(node);
    int known = names[callable];
    if (known == UNKNOWN) {
      String name = meaning.className(callable);
      known = name == null ? 1 : plan.classTable(name) + 2;
      names[callable] = known;
    }
    return known - 2;
  }

  /** A class that is named by {@code getattr} is known by that text. */
  void needClass(int callable) {
    if (graph.kind(callable) == Kind.CALL) {
      meaning.classNameNodes(callable, needed);
    }
    int at = callable;
    while (graph.op(at) == Op.REDUCE_NAME) {
      int arguments = graph.a(graph.edge(graph.a(at) + 1));
      needed.set(graph.edge(arguments + 1));
      at = graph.edge(arguments);
    }
  }

  /** That a state does not stand inline may be because of its names. */
  void needStates(int node) {
    long states = meaning.stateSpan(node);
    for (int i = 0; i < MemberSpan.count(states); i++) {
      int state = meaning.member(MemberSpan.start(states) + i);
      if (graph.kind(state) == Kind.TUPLE) {
        long parts = meaning.itemSpan(state);
        for (int j = 0; j < Math.min(2, MemberSpan.count(parts)); j++) {
          needKeys(meaning.member(MemberSpan.start(parts) + j));
        }
      } else {
        needKeys(state);
      }
    }
  }

  private void needKeys(int node) {
    if (graph.kind(node) == Kind.DICT) {
      needKeys(node, meaning.itemSpan(node));
    }
  }

  /**
   * Notes that the walk looks at the keys of {@code pairs}, which are those of {@code container}.
   */
  void needKeys(int container, long pairs) {
    if (!noted.get(container)) {
      noted.set(container);
      int start = MemberSpan.start(pairs);
      for (int i = start; i < start + MemberSpan.count(pairs); i += 2) {
        needed.set(meaning.member(i));
      }
    }
  }

  /** The number of the name that a key is, or -1. */
  int number(int key) {
    int known = names[key];
    if (known == UNKNOWN) {
      int name = -1;
      if (meaning.isText(key)) {
        if (meaning.isSlice(key)) {
          name = plan.name(graph.source(), graph.a(key), graph.b(key));
        } else {
          byte[] bytes = meaning.bytes(key);
          name = plan.name(bytes, 0, bytes.length);
        }
      }
      known = name + 2;
      names[key] = known;
    }
    return known - 2;
  }
}
