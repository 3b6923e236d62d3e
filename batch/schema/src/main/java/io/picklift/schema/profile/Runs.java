package io.picklift.schema.profile;

import io.picklift.codec.graph.Meaning;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a walk has still to visit, a stack of runs: members of one place, or attributes of one
 * object. Nothing is written down for a member that holds no others.
 */
final class Runs {
  private static final int NO_OWNER = -1;

  /** In place of a run's end: its start is no member, but a node. */
  private static final int ONE_NODE = -1;

  /** Where the next member is, as {@link Meaning#member} takes it, and where the run ends. */
  private int[] starts = new int[64];

  private int[] ends = new int[64];

  /** The place of all of a run's members; of a run of attributes null. */
  private @Nullable ValueProfile[] places = new ValueProfile[64];

  /** The class of a run of attributes, which are pairs. */
  private ClassIndex.@Nullable Met[] classes = new ClassIndex.Met[64];

  /** The start minus twice the position that the first attribute of a run has in its object. */
  private int[] bases = new int[64];

  private int[] owners = new int[64];
  private int open;

  /** The run on top; -1 where all are done. */
  int top() {
    return open - 1;
  }

  int start(int run) {
    return starts[run];
  }

  int end(int run) {
    return ends[run];
  }

  boolean isOneNode(int run) {
    return ends[run] == ONE_NODE;
  }

  @Nullable ValueProfile place(int run) {
    return places[run];
  }

  ClassIndex.@Nullable Met ofClass(int run) {
    return classes[run];
  }

  /** The position in its object of an attribute of the run. */
  int position(int run, int at) {
    return (at - bases[run]) >> 1;
  }

  /** The object that has a run's attributes or members; -1 where nobody asks. */
  int owner(int run) {
    return owners[run];
  }

  boolean hasOwner(int owner) {
    return owner != NO_OWNER;
  }

  /** The top run goes on at another member; where that is its end, it is done. */
  void next(int run, int at) {
    starts[run] = at;
    open = at >= ends[run] ? run : run + 1;
  }

  /** A single node. */
  void push(int node, ValueProfile place) {
    push(node, ONE_NODE, place, NO_OWNER);
  }

  void push(int start, int end, ValueProfile place, int owner) {
    int run = begin(start, end, owner);
    places[run] = place;
    classes[run] = null;
  }

  /** Members of a place that nobody asks the owner of. */
  void push(int start, int end, ValueProfile place) {
    push(start, end, place, NO_OWNER);
  }

  /** Attributes of {@code owner}; {@code before} of its attributes come before these. */
  void push(int start, int end, ClassIndex.Met of, int owner, int before) {
    int run = begin(start, end, owner);
    bases[run] = start - before;
    places[run] = null;
    classes[run] = of;
  }

  private int begin(int start, int end, int owner) {
    if (open == starts.length) {
      starts = Arrays.copyOf(starts, open * 2);
      ends = Arrays.copyOf(ends, open * 2);
      places = Arrays.copyOf(places, open * 2);
      classes = Arrays.copyOf(classes, open * 2);
      bases = Arrays.copyOf(bases, open * 2);
      owners = Arrays.copyOf(owners, open * 2);
    }
    starts[open] = start;
    ends[open] = end;
    owners[open] = owner;
    return open++;
  }
}
