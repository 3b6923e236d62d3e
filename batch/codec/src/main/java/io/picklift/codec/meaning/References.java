package io.picklift.codec.meaning;

import io.picklift.codec.error.LimitException;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Counts, in one walk from the root without recursion, how often the document would show each value
 * and what else refers to it. Counts stop at two, which is all that anybody asks, so that what is
 * shared is walked at most twice.
 */
final class References {
  private static final int SHOWN = 0x03;

  /**
   * Something refers to it that does not show it as a value: an object its arguments' tuple, its
   * keywords.
   */
  private static final int UNSHOWN = 0x04;

  private static final int WELL_KNOWN = 0x08;
  private static final int MEMBERS_SHOWN = 0x10;
  private static final int MEMBERS_SHOWN_MASK = 0x30;

  /** It is the name of no well-known type. */
  private static final int NO_TYPE = 0x40;

  /**
   * A call of a time's name with bytes alone, or of Decimal with a text. Whether they are such a
   * value is looked at when somebody asks: that waits for memory, and changes no count that anybody
   * asks for.
   */
  private static final int PACKED = 0x80;

  private static final int MANY = 2;

  private static final long MADE = ops(EnumSet.of(Kind.OBJECT, Kind.CALL));
  private static final long DICT = ops(EnumSet.of(Kind.DICT));
  private static final long SEQUENCE = ops(EnumSet.of(Kind.LIST, Kind.TUPLE));
  private static final long HOLDS_OTHERS =
      1L << Op.BINPERSID
          | ops(
              EnumSet.of(
                  Kind.LIST,
                  Kind.TUPLE,
                  Kind.SET,
                  Kind.FROZENSET,
                  Kind.DICT,
                  Kind.OBJECT,
                  Kind.CALL));

  /** Tuples of fewer members are walked for each use: it costs less than to remember them. */
  private static final int SHORT = 8;

  private final SaveGraph graph;
  private final ContainerMembers members;
  private final WellKnownForms forms;
  private final byte[] flags;

  /** Of a node that {@link #plainState} or {@link #packedTime} has one for, that one plus one. */
  private final int[] states;

  private int[] stack = new int[64];
  private int depth;

  References(SaveGraph graph, ContainerMembers members, WellKnownForms forms) {
    this.graph = graph;
    this.members = members;
    this.forms = forms;
    this.flags = new byte[graph.size()];
    this.states = new int[graph.size()];
  }

  void count() throws LimitException {
    show(graph.root());
    while (depth > 0) {
      int node = stack[--depth];
      int op = graph.op(node);
      if (isAmong(MADE, op)) {
        made(node);
      } else if (isAmong(DICT, op)) {
        showPairs(node);
      } else if (isAmong(SEQUENCE, op)) {
        showAll(members.sequence(node));
      } else if (op == Op.BINPERSID) {
        show(graph.a(node));
      } else {
        showAll(members.items(node));
      }
    }
  }

  /** 0, 1, or 2 for more. */
  int shown(int node) {
    return flags[node] & SHOWN;
  }

  /** 0, 1, or 2 for more. */
  int references(int node) {
    return Math.min(MANY, (flags[node] & SHOWN) + ((flags[node] & UNSHOWN) == 0 ? 0 : 1));
  }

  /** Whether it may have the form of a well-known type: of nearly all others it is known. */
  boolean mayBeWellKnown(int node) {
    return (flags[node] & (WELL_KNOWN | PACKED)) != 0;
  }

  /** The bytes of a well-known date, time or datetime that was given nothing else; else -1. */
  int packedTime(int node) {
    int state = (flags[node] & PACKED) == 0 ? -1 : states[node] - 1;
    return state >= 0 && graph.kind(state) == Kind.BYTES && forms.isPacked(state) ? state : -1;
  }

  /**
   * The state of an object of a class that was given no argument and that one state alone, as
   * nearly all are; -1 for any other, and for what the document does not show.
   */
  int plainState(int node) {
    return (flags[node] & PACKED) == 0 ? states[node] - 1 : -1;
  }

  /** The ops of these kinds, as bits. */
  private static long ops(Set<Kind> kinds) {
    long ops = 0;
    for (int op = 0; op < Op.COUNT; op++) {
      ops |= kinds.contains(Op.kind(op)) ? 1L << op : 0;
    }
    return ops;
  }

  private static boolean isAmong(long ops, int op) {
    return (ops >>> op & 1) != 0;
  }

  private void showPairs(int dict) throws LimitException {
    int layout = members.findLayout(dict);
    if (layout != SharedKeyLists.NONE && members.hasPlainKeys(layout)) {
      long pairs = members.laidOut(dict);
      int start = MemberSpan.start(pairs);
      for (int i = start + 1; i < start + MemberSpan.count(pairs); i += 2) {
        show(members.member(i));
      }
    } else {
      showAll(members.dict(dict));
    }
  }

  private void showAll(long span) {
    int start = MemberSpan.start(span);
    for (int i = start; i < start + MemberSpan.count(span); i++) {
      show(members.member(i));
    }
  }

  /** {@link #show} of a state, mostly a dict that was not met before: its members at once. */
  private void showState(int node) throws LimitException {
    if (isAmong(DICT, graph.op(node)) && (flags[node] & SHOWN) == 0) {
      flags[node]++;
      showPairs(node);
    } else {
      show(node);
    }
  }

  private void show(int node) {
    int op = graph.op(node);
    if (op < Op.BYTEARRAY8 || op == Op.EMPTY_TUPLE) {
      return;
    }
    int flag = flags[node];
    int shown = flag & SHOWN;
    if (shown == MANY) {
      return;
    }
    flags[node] = (byte) (flag + 1);
    // A persistent id's value is shown each time that it is.
    if (isAmong(HOLDS_OTHERS, op) && (shown == 0 || op == Op.BINPERSID)) {
      if (depth == stack.length) {
        stack = Arrays.copyOf(stack, depth * 2);
      }
      stack[depth++] = node;
    }
  }

  private void made(int node) throws LimitException {
    int callable = ContainerMembers.callable(graph, node);
    // Most go the first way: as it stands first, a Java machine's compiler has room left to inline
    // it.
    if ((flags[callable] & NO_TYPE) != 0) {
      object(node, callable);
    } else if (!isTyped(node, callable)) {
      object(node, callable);
    }
  }

  /** Counts what a well-known type's value refers to; false, counting nothing, for any other. */
  private boolean isTyped(int node, int callable) throws LimitException {
    WellKnownType type = forms.type(callable);
    if (type == null) {
      flags[callable] |= NO_TYPE;
      return false;
    }
    return forms.canBe(node, type) && wellKnown(node, type);
  }

  private void object(int node, int callable) throws LimitException {
    show(callable);
    int state = members.plainState(node);
    if (state >= 0) {
      states[node] = state + 1;
      flags[members.argumentTuple(node)] |= UNSHOWN;
      showState(state);
      return;
    }
    arguments(node);
    int list = forms.listOfPairs(node);
    if (list >= 0) {
      members.keepPairs(node, list);
    }
    showAll(members.states(node));
    showAll(members.appended(node));
    showAll(members.entries(node));
  }

  private void arguments(int node) throws LimitException {
    long args = members.arguments(node);
    int tuple = members.argumentTuple(node);
    if (tuple >= 0) {
      flags[tuple] |= UNSHOWN;
    }
    if (tuple < 0 || MemberSpan.count(args) <= SHORT || isNew(tuple)) {
      showAll(args);
    }
    long keywords = members.keywords(node);
    if (graph.op(node) == Op.NEWOBJ_EX) {
      int dict = graph.edge(graph.a(node) + 2);
      flags[dict] |= UNSHOWN;
      if (isNew(dict)) {
        showAll(keywords);
      }
    } else {
      showAll(keywords);
    }
  }

  /** Whether this container's members were not yet shown twice as arguments. */
  private boolean isNew(int container) {
    int flag = flags[container];
    if ((flag & MEMBERS_SHOWN_MASK) == MANY * MEMBERS_SHOWN) {
      return false;
    }
    flags[container] = (byte) (flag + MEMBERS_SHOWN);
    return true;
  }

  private boolean wellKnown(int node, WellKnownType type) throws LimitException {
    int packed = forms.packed(node, type);
    if (packed >= 0) {
      states[node] = packed + 1;
      flags[node] |= (byte) PACKED;
      return true;
    }
    if (type == WellKnownType.DATETIME
        || type == WellKnownType.DATE
        || type == WellKnownType.TIME) {
      boolean is = forms.isTime(node, type);
      if (is) {
        flags[node] |= WELL_KNOWN;
        showGiven(forms.zone(members.arguments(node)));
      }
      return is;
    }
    WellKnown value = forms.value(node, type);
    if (value == null) {
      return false;
    }
    flags[node] |= WELL_KNOWN;
    if (value instanceof WellKnown.Container container) {
      if (container instanceof WellKnown.DefaultDict dict) {
        showGiven(dict.factoryNode());
      }
      showAll(container.members());
    } else if (value instanceof WellKnown.Uuid) {
      flags[members.member(MemberSpan.start(members.states(node)))] |= UNSHOWN;
    }
    return true;
  }

  private void showGiven(int node) {
    if (node >= 0) {
      show(node);
    }
  }
}
