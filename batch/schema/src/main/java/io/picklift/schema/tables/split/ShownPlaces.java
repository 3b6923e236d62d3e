package io.picklift.schema.tables.split;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.tables.values.IntList;
import io.picklift.schema.tables.walk.FixedMembers;
import io.picklift.schema.tables.walk.MappingWalk;
import java.util.BitSet;

/**
 * In which places of a save its values stand, and which of these a cell shows. A value that stands
 * in another place as well has to stay in the residue: there it must be what it was, whatever
 * becomes of the cells. An interned text is such a value, and so is a member of a tuple that the
 * save has in several places. A value stays as well that two cells show in one place, but for
 * members of tuples.
 */
final class ShownPlaces {
  /** The heap for each node: its count, and its bits and those of the edges that lead to it. */
  static final int BYTES_A_NODE = Integer.BYTES + 2;

  private final Meaning meaning;

  /** For each node how many places it stands in that no cell was met for. */
  private final int[] open;

  /** Nodes that stand in more than one place. */
  private final BitSet several = new BitSet();

  /** Places that a cell was met for, or a path leads through. */
  private final BitSet met = new BitSet();

  /** Places that a cell was met for. */
  private final BitSet shown = new BitSet();

  /**
   * Places whose value two cells show, as those of a container that two rows own. Only the residue
   * can tell which of the cells was changed.
   */
  private final BitSet twice = new BitSet();

  /** Nodes that are the value of a call, such as an enum's member; each after the call. */
  private final IntList parts = new IntList();

  ShownPlaces(Meaning meaning) {
    this.meaning = meaning;
    SaveGraph graph = meaning.graph();
    open = new int[graph.size()];
    for (int edge = 0; edge < graph.edgeCount(); edge++) {
      int node = graph.edge(edge);
      // Some edges are counts.
      if (node >= 0 && node < open.length) {
        if (open[node] > 0) {
          several.set(node);
        }
        open[node]++;
      }
    }
  }

  /**
   * Notes that a cell holds a value exactly.
   *
   * @param place of the value, as {@code Meaning.member} takes it; negative where it is none
   */
  void cell(int node, int place) {
    if (place < 0) {
      return;
    }
    if (shown.get(place)) {
      twice.set(place);
    }
    shown.set(place);
    lead(node, place);
  }

  private void lead(int node, int place) {
    if (place >= 0 && !met.get(place)) {
      met.set(place);
      open[node]--;
    }
  }

  /** Notes that a node stands for the value of another, which makes something of it. */
  void part(int of, int node) {
    parts.add(of);
    parts.add(node);
    open[node]--;
  }

  /** Notes that a path leads to a value, which may have members that cells show. */
  void met(int node, int place) {
    if (several.get(node) && !isPlain(node)) {
      lead(node, place);
    }
  }

  private boolean isPlain(int node) {
    return switch (meaning.kind(node)) {
      case TUPLE, FROZENSET, OBJECT, CALL -> false;
      default -> true;
    };
  }

  /**
   * The nodes that stand in a place that no cell shows, or that two cells show.
   *
   * @param walk that is done
   */
  BitSet elsewhere(MappingWalk walk) {
    BitSet elsewhere = new BitSet(open.length);
    if (!twice.isEmpty()) {
      twice(walk, elsewhere);
    }
    for (int node = 0; node < open.length; node++) {
      if (open[node] > 0) {
        elsewhere.set(node);
      }
    }
    BitSet done = new BitSet();
    for (int node = several.nextSetBit(0); node >= 0; node = several.nextSetBit(node + 1)) {
      if (open[node] > 0) {
        members(node, walk, elsewhere, done);
      }
    }
    for (int i = 0; i < parts.size(); i += 2) {
      if (elsewhere.get(parts.get(i))) {
        elsewhere.set(parts.get(i + 1));
      }
    }
    return elsewhere;
  }

  /** Marks values that two cells show, but for members of tuples, which change in all places. */
  private void twice(MappingWalk walk, BitSet elsewhere) {
    for (int node = 0; node < open.length; node++) {
      long span = FixedMembers.of(meaning, walk, node);
      if (MemberSpan.count(span) > 0) {
        twice.clear(MemberSpan.start(span), MemberSpan.start(span) + MemberSpan.count(span));
      }
    }
    for (int place = twice.nextSetBit(0); place >= 0; place = twice.nextSetBit(place + 1)) {
      elsewhere.set(meaning.member(place));
    }
  }

  /** Marks the members of a tuple, and theirs: they stand wherever it does. */
  private void members(int tuple, MappingWalk walk, BitSet elsewhere, BitSet done) {
    IntList tuples = new IntList();
    tuples.add(tuple);
    for (int i = 0; i < tuples.size(); i++) {
      long span = FixedMembers.of(meaning, walk, tuples.get(i));
      for (int j = 0; j < MemberSpan.count(span); j++) {
        int member = meaning.member(MemberSpan.start(span) + j);
        elsewhere.set(member);
        if (!isPlain(member) && !done.get(member)) {
          done.set(member);
          tuples.add(member);
        }
      }
    }
  }
}
