package io.picklift.codec.pickle;

import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;

/**
 * What a pickler made and threw away again, by the node for which it did: objects that are part of
 * their own arguments, and calls of state setters ({@code Modules/_pickle.c}: {@code save_reduce}).
 * For one writing of the graph.
 */
final class DiscardedObjects {
  private static final int[] NONE = {};

  private final int[] pairs;

  /**
   * By node: index + 1 into the pairs of the next object to be made and thrown away for it, or 0.
   */
  private final int[] next;

  /** By index into the pairs: index + 1 of the one before it for the same node. */
  private final int[] before;

  /** By node that is thrown away: the node + 1 that is taken in its place. */
  private final int[] keptFor;

  /** By node: the call + 1 that sets its state next and is thrown away, or 0. */
  private final int[] setters;

  DiscardedObjects(SaveGraph graph) {
    pairs = graph.discards();
    if (pairs.length == 0) {
      next = NONE;
      before = NONE;
      keptFor = NONE;
      setters = NONE;
      return;
    }
    next = new int[graph.size()];
    before = new int[pairs.length];
    keptFor = new int[graph.size()];
    setters = new int[graph.size()];
    for (int i = 0; i < pairs.length; i += 2) {
      int made = pairs[i];
      int kept = pairs[i + 1];
      if (isSetter(graph, made, kept)) {
        setters[kept] = made + 1;
        continue;
      }
      keptFor[made] = kept + 1;
      before[i] = next[kept];
      next[kept] = i + 1;
    }
  }

  /** A call of {@code (kept, state)}, which comes after {@code kept} and not in its place. */
  private static boolean isSetter(SaveGraph graph, int made, int kept) {
    if (graph.op(made) != Op.REDUCE) {
      return false;
    }
    int arguments = graph.edge(graph.a(made) + 1);
    return graph.op(arguments) == Op.TUPLE2 && graph.edge(graph.a(arguments)) == kept;
  }

  /**
   * The next object that was made and thrown away for {@code node}, -1 if there is none: the last
   * one made was started first, since each is made while the arguments of the next are written.
   */
  int take(int node) {
    if (node >= next.length || next[node] == 0) {
      return -1;
    }
    int at = next[node] - 1;
    next[node] = before[at];
    return pairs[at];
  }

  /** The node that is taken in place of {@code node}, which is thrown away; -1 if it is kept. */
  int keptFor(int node) {
    return node < keptFor.length ? keptFor[node] - 1 : -1;
  }

  /** The call that sets the state of {@code node} and is thrown away; -1 if there is none. */
  int setter(int node) {
    return node < setters.length ? setters[node] - 1 : -1;
  }
}
