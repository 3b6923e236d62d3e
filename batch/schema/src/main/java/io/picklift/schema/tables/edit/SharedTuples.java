package io.picklift.schema.tables.edit;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.tables.walk.FixedMembers;
import io.picklift.schema.tables.walk.MappingWalk;
import java.util.Arrays;

/**
 * Tuples that a save has in several places, as it has one that was a constant of the program. A
 * cell that is a member of one cannot be changed: the other places would change with it.
 */
final class SharedTuples {
  private static final int NONE = -1;

  /** By edge the tuple of which it is a member. */
  private final int[] holders;

  /** By node one edge that makes it a member of a tuple. */
  private final int[] places;

  private final int[] counts;

  /**
   * @param walk over the same graph, for the classes that have tables
   */
  SharedTuples(Meaning meaning, MappingWalk walk) {
    SaveGraph graph = meaning.graph();
    counts = Reachable.counts(graph);
    holders = new int[graph.edgeCount()];
    Arrays.fill(holders, NONE);
    places = new int[graph.size()];
    Arrays.fill(places, NONE);
    for (int node = 0; node < graph.size(); node++) {
      if (counts[node] == 0) {
        // What a pickle made and dropped again is no place.
        continue;
      }
      long span = FixedMembers.of(meaning, walk, node);
      for (int i = 0; i < MemberSpan.count(span); i++) {
        int edge = MemberSpan.start(span) + i;
        if (edge < holders.length) {
          holders[edge] = node;
          places[meaning.member(edge)] = edge;
        }
      }
    }
  }

  /** In how many places a node stands. */
  int count(int node) {
    return counts[node];
  }

  /** Whether a place is in a tuple that stands in several, or in a part of one. */
  boolean isIn(int place) {
    int edge = place;
    while (edge >= 0 && edge < holders.length && holders[edge] >= 0) {
      int holder = holders[edge];
      if (counts[holder] > 1) {
        return true;
      }
      edge = places[holder];
    }
    return false;
  }
}
