package io.picklift.schema.tables.split;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.meaning.WellKnown;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.arrays.ArrayReader;
import io.picklift.schema.frames.FrameReader;
import io.picklift.schema.tables.values.IntList;
import io.picklift.schema.zones.ZoneReader;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Nodes that are no values of their own but say how another is written: what a date's zone is made
 * of, the name of the encoding of bytes, how long a deque may be.
 */
final class ValueParts {
  private final Meaning meaning;
  private final SaveGraph graph;
  private final BitSet parts = new BitSet();

  private final ArrayReader arrays;
  private final ZoneReader zones;

  private ValueParts(Meaning meaning) {
    this.meaning = meaning;
    arrays = new ArrayReader(meaning);
    zones = new ZoneReader(meaning);
    graph = meaning.graph();
  }

  /**
   * The parts.
   *
   * @param needed to which those are added that tell what the other nodes are
   */
  static BitSet of(Meaning meaning, BitSet needed) {
    ValueParts parts = new ValueParts(meaning);
    parts.collect();
    parts.libraries(needed);
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
      } else if (graph.kind(node) == Kind.OBJECT) {
        if (meaning.wellKnown(node) instanceof WellKnown.Uuid) {
          int state = meaning.member(MemberSpan.start(meaning.stateSpan(node)));
          parts.set(meaning.member(MemberSpan.start(meaning.itemSpan(state))));
        }
      } else if (graph.kind(node) == Kind.CALL) {
        call(node, meaning.wellKnown(node));
      }
    }
  }

  private void call(int node, @Nullable WellKnown known) {
    if (known == null) {
      if (isZonedCall(node)) {
        below(meaning.arguments(node)[1]);
      }
    } else if (known instanceof WellKnown.DateTime at && at.tzNode() >= 0) {
      below(at.tzNode());
    } else if (known instanceof WellKnown.Time at && at.tzNode() >= 0) {
      below(at.tzNode());
    } else if (known instanceof WellKnown.Deque) {
      // How many members it may have.
      long arguments = meaning.argumentSpan(node);
      if (MemberSpan.count(arguments) > 1) {
        parts.set(meaning.member(MemberSpan.start(arguments) + 1));
      }
    }
  }

  /** Whether it is a date of a class derived from datetime, with its zone beside. */
  private boolean isZonedCall(int node) {
    long arguments = meaning.argumentSpan(node);
    if (MemberSpan.count(arguments) != 2) {
      return false;
    }
    Kind state = graph.kind(meaning.member(MemberSpan.start(arguments)));
    return (state == Kind.BYTES || state == Kind.PY2_STR)
        && zones.isZone(meaning.member(MemberSpan.start(arguments) + 1));
  }

  /** What the calls of numpy and pandas are given beside the value. */
  private void libraries(BitSet needed) {
    BitSet told = new BitSet();
    FrameReader frames = new FrameReader(meaning);
    // Callables of no library: most of a save's objects are made by few.
    BitSet others = new BitSet();
    for (int node = 0; node < graph.size(); node++) {
      boolean isMade = graph.kind(node) == Kind.CALL || graph.kind(node) == Kind.OBJECT;
      int callable = isMade ? meaning.callable(node) : -1;
      if (!isMade || others.get(callable) || graph.kind(callable) != Kind.GLOBAL) {
        continue;
      }
      String name = meaning.globalName(callable);
      if (!name.startsWith("numpy.") && !name.startsWith("pandas.")) {
        others.set(callable);
        continue;
      }
      if (graph.kind(node) == Kind.OBJECT) {
        if (FrameReader.isMaker(name) && frames.frame(node) == null) {
          below(node, parts);
        }
        continue;
      }
      ArrayReader.Form form = ArrayReader.form(name);
      if (form != null) {
        numpy(node, form, told);
      } else if (name.startsWith("pandas._libs.") || name.startsWith("pandas.tslib.")) {
        int[] arguments = meaning.arguments(node);
        for (int i = 1; i < arguments.length; i++) {
          below(arguments[i], i == 2 ? parts : told);
        }
      } else if (name.startsWith("numpy.")) {
        below(node, parts);
      }
    }
    needed.or(told);
  }

  private void numpy(int node, ArrayReader.Form form, BitSet told) {
    if (form == ArrayReader.Form.SCALAR) {
      if (arrays.scalar(node) != null) {
        below(arrays.typeNode(node, form), told);
      } else {
        below(node, parts);
      }
      return;
    }
    ArrayReader.Array array = arrays.array(node, form);
    if (array == null) {
      // Of no layout that is read: what it is made of is no value of the save's own.
      below(node, parts);
      return;
    }
    for (int argument : meaning.arguments(node)) {
      if (argument != array.data()) {
        below(argument, told);
      }
    }
    for (int state : meaning.states(node)) {
      for (int item : meaning.items(state)) {
        if (item != array.data()) {
          below(item, told);
        }
      }
    }
    if (array.type() != null) {
      below(array.data(), parts);
    }
  }

  /** The text that bytes are written in at protocols that have none; else -1. */
  static int text(SaveGraph graph, int bytes) {
    int op = graph.op(bytes);
    if (op != Op.REDUCE_BYTES && op != Op.REDUCE_BYTEARRAY) {
      return -1;
    }
    int arguments = graph.edge(graph.a(bytes) + 1);
    boolean isEmpty = graph.op(arguments) == Op.EMPTY_TUPLE || graph.b(arguments) == 0;
    return isEmpty ? -1 : graph.edge(graph.a(arguments));
  }

  private void below(int root) {
    below(root, parts);
  }

  private void below(int root, BitSet into) {
    if (into.get(root)) {
      return;
    }
    IntList open = new IntList();
    open.add(root);
    into.set(root);
    for (int i = 0; i < open.size(); i++) {
      int node = open.get(i);
      switch (graph.kind(node)) {
        case LIST, TUPLE, SET, FROZENSET, DICT -> addAll(meaning.items(node), open, into);
        case OBJECT, CALL -> {
          addAll(meaning.arguments(node), open, into);
          addAll(meaning.states(node), open, into);
        }
        case BYTES, BYTEARRAY -> {
          int text = text(graph, node);
          if (text >= 0) {
            addAll(new int[] {text}, open, into);
          }
        }
        default -> {}
      }
    }
  }

  private void addAll(int[] nodes, IntList open, BitSet into) {
    for (int node : nodes) {
      if (!into.get(node)) {
        into.set(node);
        open.add(node);
      }
    }
  }
}
