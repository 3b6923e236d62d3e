package io.picklift.codec.meaning;

import io.picklift.codec.Memory;
import io.picklift.codec.error.ErrorCode;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.model.SaveGraph;
import java.util.Arrays;

/**
 * Members in one numbering: the graph's edges, and behind them what was made of several pieces.
 * Spans of them can be kept by node.
 */
final class JoinedMembers {
  /** What a limit of members is called in an error. */
  static final String MEMBERS = "members of sets, dicts and objects";

  /**
   * More than this beside twice the edges is made by no pickler: a short save would stand for a
   * long one.
   */
  static final int EXTRA_BASE = 1 << 16;

  private static final int FIRST_CAPACITY = 64;

  /** Those of the graph; what is made stands behind them. */
  private final int[] edges;

  private int[] extra = new int[FIRST_CAPACITY];
  private int extraCount;
  private final long extraLimit;
  private final Memory memory;

  private long[] spans = new long[FIRST_CAPACITY];
  private int spanCount;

  JoinedMembers(SaveGraph graph, Memory memory) {
    this.memory = memory;
    edges = graph.edges();
    extraLimit = EXTRA_BASE + 2L * edges.length + 4L * graph.source().length;
  }

  /** The bytes of heap that members which were joined take. */
  long footprint() {
    return (long) Integer.BYTES * extra.length;
  }

  int member(int index) {
    return index < edges.length ? edges[index] : extra[index - edges.length];
  }

  int[] toArray(long span) {
    int[] array = new int[MemberSpan.count(span)];
    int start = MemberSpan.start(span);
    for (int i = 0; i < array.length; i++) {
      array[i] = member(start + i);
    }
    return array;
  }

  /** Where the next one is made, as {@link #since} takes it. */
  int end() {
    return extraCount;
  }

  /** Puts another in the place of one that was made. */
  void replace(int made, int node) {
    extra[made] = node;
  }

  /** One after the other; grows in place what was joined last. */
  long join(long first, long second) throws LimitException {
    if (MemberSpan.count(first) == 0 || MemberSpan.count(second) == 0) {
      return MemberSpan.count(first) == 0 ? second : first;
    }
    int start = MemberSpan.start(first) - edges.length;
    if (start < 0 || start + MemberSpan.count(first) != extraCount) {
      start = extraCount;
      copy(first);
    }
    copy(second);
    return since(start);
  }

  /** Makes members that are those of a span. */
  void copy(long span) throws LimitException {
    int start = MemberSpan.start(span);
    for (int i = 0; i < MemberSpan.count(span); i++) {
      add(member(start + i));
    }
  }

  /** Makes a member that is a node. */
  void add(int node) throws LimitException {
    if (extraCount == extra.length) {
      if (extraCount > extraLimit) {
        throw new LimitException(ErrorCode.LIMIT_OUTPUT, MEMBERS, extraLimit, -1, "");
      }
      // The array, and the one that it grows into.
      memory.need(3L * Integer.BYTES * extraCount);
      extra = Arrays.copyOf(extra, Math.addExact(extraCount, extraCount >> 1) + 1);
    }
    extra[extraCount++] = node;
  }

  /** What was made since {@link #end} was asked. */
  long since(int start) {
    return MemberSpan.of(edges.length + start, extraCount - start);
  }

  /** Keeps the span of a node, and gives it back. */
  long keep(IntMap map, int node, long span) {
    map.put(node, addSpan(span));
    return span;
  }

  /** Keeps a span; returns its number, which is one more than that of the span before. */
  int addSpan(long span) {
    if (spanCount == spans.length) {
      spans = Arrays.copyOf(spans, spanCount * 2);
    }
    spans[spanCount] = span;
    return spanCount++;
  }

  /** The span of a number. */
  long span(int number) {
    return spans[number];
  }
}
