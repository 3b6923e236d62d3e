package io.picklift.schema.profile.walk;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.schema.profile.DictPlaces;
import io.picklift.schema.profile.ValueProfile;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a walk has still to visit, a stack of runs: members of one place, or the pairs of one dict.
 * Nothing is written down for a member that holds no others.
 */
public final class VisitStack {
  static final int NO_OWNER = -1;

  /** In place of a run's end: its start is no member, but a node. */
  private static final int ONE_NODE = -1;

  /** The numbers of a run: where the next member is, as {@link Meaning#member} takes it. */
  private static final int START = 0;

  private static final int END = 1;

  /** Where the first of a run of pairs is. */
  private static final int BASE = 2;

  private static final int OWNER = 3;

  /** Which containers of a class it is in, as {@link EnclosingContainers} numbers them. */
  private static final int WITHIN = 4;

  private static final int NUMBERS = 5;

  private int[] numbers = new int[64 * NUMBERS];

  /**
   * The place of all of a run's members, or the layout of a run of pairs: attributes, or a record's
   * members. In one array, since it costs something to store a reference.
   */
  private @Nullable Object[] targets = new Object[64];

  private int open;

  /** {@link #WITHIN} of what is pushed next. */
  private int within;

  /** The run on top; -1 where all are done. What is pushed next is within what it is within. */
  int top() {
    int top = open - 1;
    if (top >= 0) {
      within = numbers[top * NUMBERS + WITHIN];
    }
    return top;
  }

  /** Which containers of a class hold what is pushed next. */
  int within() {
    return within;
  }

  void setWithin(int number) {
    within = number;
  }

  int start(int run) {
    return numbers[run * NUMBERS + START];
  }

  int end(int run) {
    return numbers[run * NUMBERS + END];
  }

  boolean isOneNode(int run) {
    return end(run) == ONE_NODE;
  }

  /** A {@link ValueProfile} or a {@link DictPlaces}. */
  @Nullable Object target(int run) {
    return targets[run];
  }

  /** Which of the run's pairs is at that member. */
  int pair(int run, int at) {
    return (at - numbers[run * NUMBERS + BASE]) >> 1;
  }

  /** The object that has a run's attributes or members; -1 where nobody asks. */
  int owner(int run) {
    return numbers[run * NUMBERS + OWNER];
  }

  boolean hasOwner(int owner) {
    return owner != NO_OWNER;
  }

  /** The top run goes on at another member; where that is its end, it is done. */
  void next(int run, int at) {
    numbers[run * NUMBERS + START] = at;
    open = at >= end(run) ? run : run + 1;
  }

  /** A single node. */
  void push(int node, ValueProfile place) {
    push(node, ONE_NODE, place, NO_OWNER);
  }

  void push(int start, int end, ValueProfile place, int owner) {
    begin(start, end, owner, place);
  }

  /** Members of a place that nobody asks the owner of. */
  void push(int start, int end, ValueProfile place) {
    push(start, end, place, NO_OWNER);
  }

  /** Pairs whose values are {@code owner}'s attributes, or a record's members. */
  void push(long pairs, DictPlaces layout, int owner) {
    int start = MemberSpan.start(pairs);
    begin(start, start + MemberSpan.count(pairs), owner, layout);
  }

  private void begin(int start, int end, int owner, Object target) {
    if (open == targets.length) {
      numbers = Arrays.copyOf(numbers, open * 2 * NUMBERS);
      targets = Arrays.copyOf(targets, open * 2);
    }
    int at = open * NUMBERS;
    numbers[at + START] = start;
    numbers[at + END] = end;
    numbers[at + BASE] = start;
    numbers[at + OWNER] = owner;
    numbers[at + WITHIN] = within;
    targets[open] = target;
    open++;
  }
}
