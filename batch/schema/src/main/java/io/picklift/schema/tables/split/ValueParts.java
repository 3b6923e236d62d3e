package io.picklift.schema.tables.split;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.WellKnown;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.tables.values.IntList;
import java.util.BitSet;

/**
 * Nodes that are no values of their own but say how another is written: what a date's zone is made
 * of, the name of the encoding of bytes.
 */
final class ValueParts {
  private final Meaning meaning;
  private final SaveGraph graph;
  private final BitSet parts = new BitSet();

  private ValueParts(Meaning meaning) {
    this.meaning = meaning;
    graph = meaning.graph();
  }

  static BitSet of(Meaning meaning) {
    ValueParts parts = new ValueParts(meaning);
    parts.collect();
    return parts.parts;
  }

  private void collect() {
    for (int node = 0; node < graph.size(); node++) {
      int op = graph.op(node);
      if (op == Op.REDUCE_BYTES || op == Op.REDUCE_BYTEARRAY) {
        int arguments = graph.edge(graph.a(node) + 1);
        if (graph.op(arguments) == Op.TUPLE2 || graph.b(arguments) == 2) {
          parts.set(graph.edge(graph.a(arguments) + 1));
        }
      } else if (graph.kind(node) == Kind.CALL) {
        if (meaning.wellKnown(node) instanceof WellKnown.DateTime at && at.tzNode() >= 0) {
          below(at.tzNode());
        } else if (meaning.wellKnown(node) instanceof WellKnown.Time time && time.tzNode() >= 0) {
          below(time.tzNode());
        }
      }
    }
  }

  private void below(int root) {
    if (parts.get(root)) {
      return;
    }
    IntList open = new IntList();
    open.add(root);
    parts.set(root);
    for (int i = 0; i < open.size(); i++) {
      int node = open.get(i);
      switch (graph.kind(node)) {
        case LIST, TUPLE, SET, FROZENSET, DICT -> addAll(meaning.items(node), open);
        case OBJECT, CALL -> {
          addAll(meaning.arguments(node), open);
          addAll(meaning.states(node), open);
        }
        default -> {}
      }
    }
  }

  private void addAll(int[] nodes, IntList open) {
    for (int node : nodes) {
      if (!parts.get(node)) {
        parts.set(node);
        open.add(node);
      }
    }
  }
}
