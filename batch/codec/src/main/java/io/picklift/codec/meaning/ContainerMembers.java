package io.picklift.codec.meaning;

import io.picklift.codec.Memory;
import io.picklift.codec.error.ErrorCode;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.model.ChunkKind;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * What containers, objects and calls hold once chunks are joined, folds undone and equal keys made
 * one. Nearly all is a slice of the graph's edges as it stands; what is not is made once and kept
 * behind them, in the same numbering.
 */
final class ContainerMembers {
  private static final int ARGUMENTS = 0;
  private static final int KEYWORDS = 1;
  private static final int STATES = 2;
  private static final int APPENDED = 3;
  private static final int ENTRIES = 4;
  private static final int PARTS = 5;

  private final SaveGraph graph;
  private final JoinedMembers members;
  private final EqualKeys equal;

  /** The nodes whose equal keys or members were looked for. */
  private final BitSet checked;

  private final SharedKeyLists layouts;

  private final long workLimit;
  private long work;

  /**
   * Where the spans of a node that is not regular are: its raw items, its meaning, its parts, its
   * folded entries, the pairs that a list gave it.
   */
  private final IntMap raw = new IntMap();

  private final IntMap distinct = new IntMap();
  private final IntMap parts = new IntMap();
  private final IntMap folded = new IntMap();
  private final IntMap listed = new IntMap();

  ContainerMembers(SaveGraph graph, ValueNumbers numbers, Memory memory) {
    this.graph = graph;
    members = new JoinedMembers(graph, memory);
    equal = new EqualKeys(numbers, members);
    workLimit =
        JoinedMembers.EXTRA_BASE + 64L * (graph.edges().length + (long) graph.source().length);
    checked = new BitSet(graph.size());
    layouts = new SharedKeyLists(graph);
  }

  /** The bytes of heap that members which were joined take. */
  long footprint() {
    return members.footprint();
  }

  int member(int index) {
    return members.member(index);
  }

  int[] toArray(long span) {
    return members.toArray(span);
  }

  /** Whether a key of one span of pairs is equal to one of the other. */
  boolean haveEqualKeys(long left, long right) throws LimitException {
    return equal.haveEqualKeys(left, right);
  }

  /** The class of an object, what a call calls: a node. */
  static int callable(SaveGraph graph, int node) {
    int op = graph.op(node);
    int start = graph.a(node);
    return op > Op.REDUCE ? graph.edge(graph.a(graph.edge(start + 1))) : graph.edge(start);
  }

  /**
   * The state of an object of a class that was given no argument and that one state alone, as
   * nearly all are; -1 for any other.
   */
  int plainState(int node) {
    int last = graph.b(node);
    return last >= 0
            && graph.op(node) == Op.NEWOBJ
            && graph.op(graph.edge(graph.a(node) + 1)) == Op.EMPTY_TUPLE
            && graph.firstChunk(last) == last
            && graph.chunkKind(last) == ChunkKind.BUILD
        ? graph.edge(graph.chunkStart(last))
        : -1;
  }

  /** The tuple that is the arguments, or -1 where they are part of another or none. */
  int argumentTuple(int node) {
    int op = graph.op(node);
    if (op != Op.REDUCE && op != Op.NEWOBJ && op != Op.NEWOBJ_EX && op != Op.REDUCE_NEWOBJ_EX) {
      return -1;
    }
    int tuple = graph.edge(graph.a(node) + 1);
    return op == Op.REDUCE_NEWOBJ_EX ? graph.edge(graph.a(tuple) + 1) : tuple;
  }

  /** Items of a list or tuple, members of a set or frozenset, pairs of a dict. */
  long items(int node) throws LimitException {
    Kind kind = graph.kind(node);
    // What there is most of comes first: there a Java machine's compiler has room left to inline.
    if (kind == Kind.LIST || kind == Kind.TUPLE) {
      return sequence(node);
    }
    if (kind == Kind.DICT) {
      return dict(node);
    }
    return kind == Kind.SET || kind == Kind.FROZENSET ? set(node) : MemberSpan.EMPTY;
  }

  /** {@link #items} of a list or tuple. */
  long sequence(int node) throws LimitException {
    return graph.kind(node) == Kind.LIST ? raw(node) : tuple(node);
  }

  long tuple(int node) {
    return graph.op(node) == Op.EMPTY_TUPLE
        ? MemberSpan.EMPTY
        : MemberSpan.of(graph.a(node), graph.b(node));
  }

  /** What the opcodes gave a list, dict or set, equal keys and all. */
  private long raw(int node) throws LimitException {
    int last = graph.b(node);
    if (last < 0) {
      return MemberSpan.EMPTY;
    }
    int chunk = graph.firstChunk(last);
    if (chunk == last) {
      return chunk(chunk);
    }
    return rawOfSeveral(node, chunk, last);
  }

  private long rawOfSeveral(int node, int first, int last) throws LimitException {
    int chunk = first;
    int known = raw.get(node);
    if (known >= 0) {
      return members.span(known);
    }
    int start = members.end();
    for (; chunk >= 0; chunk = graph.nextChunk(chunk, last)) {
      members.copy(chunk(chunk));
    }
    return members.keep(raw, node, members.since(start));
  }

  /** {@link #items} of a dict. */
  long dict(int node) throws LimitException {
    int last = graph.b(node);
    if (last >= 0 && layouts.of(last) != SharedKeyLists.NONE) {
      return chunk(last);
    }
    return otherDict(node, last);
  }

  private long otherDict(int node, int last) throws LimitException {
    if (checked.get(node)) {
      int known = distinct.get(node);
      return known >= 0 ? members.span(known) : raw(node);
    }
    long all = raw(node);
    if (findLayout(node) != SharedKeyLists.NONE) {
      return all;
    }
    checked.set(node);
    long pairs = equal.fold(all);
    if (pairs != all) {
      return members.keep(distinct, node, pairs);
    }
    if (isOneChunk(last)) {
      layouts.add(last);
    }
    return all;
  }

  private boolean isOneChunk(int last) {
    return last >= 0 && graph.firstChunk(last) == last && graph.chunkLength(last) > 0;
  }

  /**
   * The layout of a dict whose keys one before it has as well; else {@link SharedKeyLists#NONE}.
   */
  int findLayout(int dict) {
    int last = graph.b(dict);
    return isOneChunk(last) ? layouts.find(last) : SharedKeyLists.NONE;
  }

  /** {@link #dict} of one that has a layout. */
  long laidOut(int dict) {
    return chunk(graph.b(dict));
  }

  private long chunk(int chunk) {
    return MemberSpan.of(graph.chunkStart(chunk), graph.chunkLength(chunk));
  }

  /** Whether all keys of a layout are scalars. */
  boolean hasPlainKeys(int layout) {
    return layouts.hasPlainKeys(layout);
  }

  /**
   * The layout of a dict whose {@link #items} were asked for; {@link SharedKeyLists#NONE} of many.
   */
  int layout(int dict) {
    int last = graph.b(dict);
    return last < 0 ? SharedKeyLists.NONE : layouts.of(last);
  }

  private long set(int node) throws LimitException {
    int known = distinct.get(node);
    if (known >= 0) {
      return members.span(known);
    }
    int op = graph.op(node);
    boolean plain = op == Op.FROZENSET || op == Op.EMPTY_SET;
    long all;
    if (plain) {
      all = op == Op.FROZENSET ? MemberSpan.of(graph.a(node), graph.b(node)) : raw(node);
      if (checked.get(node)) {
        return all;
      }
      checked.set(node);
    } else {
      int args = graph.edge(graph.a(node) + 1);
      all = held(graph.edge(graph.a(args)), graph.edge(graph.a(node) + 2));
      if (graph.b(node) >= 0) {
        all = members.join(all, raw(node));
      }
    }
    long single = equal.unique(all);
    return plain && single == all ? single : members.keep(distinct, node, single);
  }

  /** Many sets may have been made of one list: that no short pickle takes long. */
  private void spend(int members) throws LimitException {
    work += members;
    if (work > workLimit) {
      throw new LimitException(ErrorCode.LIMIT_OUTPUT, JoinedMembers.MEMBERS, workLimit, -1, "");
    }
  }

  /** The first {@code count} items of a list, as a fold took them. */
  private long held(int list, int count) throws LimitException {
    spend(count);
    return MemberSpan.of(MemberSpan.start(raw(list)), count);
  }

  /** The first {@code count} pairs of a dict, as a fold took them. */
  private long heldPairs(int dict, int count) throws LimitException {
    spend(count);
    return equal.fold(MemberSpan.of(MemberSpan.start(raw(dict)), count * 2));
  }

  long arguments(int node) throws LimitException {
    return part(node, ARGUMENTS);
  }

  long keywords(int node) throws LimitException {
    return part(node, KEYWORDS);
  }

  long states(int node) throws LimitException {
    return part(node, STATES);
  }

  long appended(int node) throws LimitException {
    return part(node, APPENDED);
  }

  long entries(int node) throws LimitException {
    return part(node, ENTRIES);
  }

  /** The entries with equal keys made one, as a well-known type has them. */
  long foldedEntries(int node) throws LimitException {
    long all = entries(node);
    if (checked.get(node)) {
      int known = folded.get(node);
      return known >= 0 ? members.span(known) : all;
    }
    checked.set(node);
    long pairs = equal.fold(all);
    return pairs == all ? pairs : members.keep(folded, node, pairs);
  }

  /** The pairs of an {@code OrderedDict} that was given as a list of lists of two. */
  long listedPairs(int node, int list) throws LimitException {
    int known = folded.get(node);
    return known >= 0
        ? members.span(known)
        : members.keep(folded, node, equal.fold(joinPairs(list)));
  }

  private long joinPairs(int list) throws LimitException {
    long items = raw(list);
    int start = members.end();
    for (int i = 0; i < MemberSpan.count(items); i++) {
      members.copy(raw(member(MemberSpan.start(items) + i)));
    }
    return members.since(start);
  }

  /** Makes ready what {@link #pairsOfList} gives: all of the list's pairs, equal keys included. */
  void keepPairs(int node, int list) throws LimitException {
    if (listed.get(node) < 0) {
      members.keep(listed, node, joinPairs(list));
    }
  }

  /** The pairs that {@link #keepPairs} made for a call; null where it made none. */
  @Nullable Long pairsOfList(int node) {
    int known = listed.get(node);
    return known < 0 ? null : (Long) members.span(known);
  }

  private long part(int node, int part) throws LimitException {
    int op = graph.op(node);
    int last = graph.b(node);
    if (op == Op.REDUCE_LIST_OBJECT || op == Op.REDUCE_DICT_OBJECT || op == Op.REDUCE_NEWOBJ_EX) {
      return joined(node, part);
    }
    if (part == ARGUMENTS) {
      return plainArguments(node, op);
    }
    if (part == KEYWORDS) {
      return op == Op.NEWOBJ_EX ? dict(graph.edge(graph.a(node) + 2)) : MemberSpan.EMPTY;
    }
    if (last < 0) {
      return MemberSpan.EMPTY;
    }
    long found = MemberSpan.EMPTY;
    boolean several = false;
    for (int chunk = graph.firstChunk(last); chunk >= 0; chunk = graph.nextChunk(chunk, last)) {
      if (part(graph.chunkKind(chunk)) == part && graph.chunkLength(chunk) > 0) {
        several = found != MemberSpan.EMPTY;
        if (several) {
          break;
        }
        found = chunk(chunk);
      }
    }
    return several ? joined(node, part) : found;
  }

  private static int part(int chunkKind) {
    return switch (chunkKind) {
      case ChunkKind.BUILD -> STATES;
      case ChunkKind.SETITEM, ChunkKind.SETITEMS -> ENTRIES;
      default -> APPENDED;
    };
  }

  private long plainArguments(int node, int op) {
    int start = graph.a(node);
    if (op == Op.OBJ || op == Op.INST) {
      return MemberSpan.of(start + 2, graph.edge(start + 1));
    }
    if (op == Op.REDUCE_OBJECT) {
      return MemberSpan.EMPTY;
    }
    long args = tuple(graph.edge(start + 1));
    return switch (op) {
      case Op.REDUCE_NEWOBJ ->
          MemberSpan.of(MemberSpan.start(args) + 1, MemberSpan.count(args) - 1);
      case Op.REDUCE_BASE_OBJECT -> MemberSpan.of(MemberSpan.start(args) + 2, 1);
      default -> args;
    };
  }

  /**
   * A part of a node that has several chunks of it, or that a fold gave a part of what its
   * arguments held.
   */
  private long joined(int node, int part) throws LimitException {
    int known = parts.get(node);
    if (known < 0) {
      known = join(node);
      parts.put(node, known);
    }
    return members.span(known + part);
  }

  private int join(int node) throws LimitException {
    long[] found = new long[PARTS];
    int op = graph.op(node);
    switch (op) {
      case Op.REDUCE_LIST_OBJECT -> found[APPENDED] = held(foldArgument(node), foldCount(node));
      case Op.REDUCE_DICT_OBJECT -> found[ENTRIES] = heldPairs(foldArgument(node), foldCount(node));
      case Op.REDUCE_NEWOBJ_EX -> {
        found[ARGUMENTS] = tuple(graph.edge(graph.a(graph.edge(graph.a(node) + 1)) + 1));
        found[KEYWORDS] = heldPairs(foldArgument(node), foldCount(node));
      }
      default -> {
        found[ARGUMENTS] = arguments(node);
        found[KEYWORDS] = keywords(node);
      }
    }
    int last = graph.b(node);
    for (int part = STATES; part <= ENTRIES; part++) {
      long before = found[part];
      long own = chunks(last, part);
      found[part] = MemberSpan.count(own) == 0 ? before : members.join(before, own);
    }
    int at = members.addSpan(found[0]);
    for (int i = 1; i < PARTS; i++) {
      members.addSpan(found[i]);
    }
    return at;
  }

  /** The third argument of the call that was folded. */
  private int foldArgument(int node) {
    return graph.edge(graph.a(graph.edge(graph.a(node) + 1)) + 2);
  }

  private int foldCount(int node) {
    return graph.edge(graph.a(node) + 2);
  }

  private long chunks(int last, int part) throws LimitException {
    long found = MemberSpan.EMPTY;
    for (int chunk = graph.firstChunk(last); chunk >= 0; chunk = graph.nextChunk(chunk, last)) {
      if (part(graph.chunkKind(chunk)) == part && graph.chunkLength(chunk) > 0) {
        found = members.join(found, chunk(chunk));
      }
    }
    return found;
  }
}
