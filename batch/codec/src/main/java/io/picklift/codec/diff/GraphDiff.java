package io.picklift.codec.diff;

import io.picklift.codec.Limits;
import io.picklift.codec.Memory;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemoryEstimate;
import io.picklift.codec.model.SaveGraph;
import java.util.List;

/**
 * Compares what two saves mean and names each difference by its path, without recursion. Two saves
 * without a difference have the same digest, and the other way round.
 */
public final class GraphDiff {
  private GraphDiff() {}

  /**
   * The first differences, in the order in which a walk from the root meets them.
   *
   * @param max how many at most
   * @param limits of both saves together
   * @throws LimitException where a save stands for more members than its limit, or both together
   *     take more memory than a save may
   */
  public static List<Difference> compare(SaveGraph left, SaveGraph right, int max, Limits limits)
      throws LimitException {
    // Each for itself may find room where both together do not.
    Memory.beside(withMeaning(left, limits) + withMeaning(right, limits), limits);
    return compare(Meaning.of(left, limits), Meaning.of(right, limits), max);
  }

  private static long withMeaning(SaveGraph graph, Limits limits) {
    return graph.footprint() + MemoryEstimate.of(graph, limits.memory() / 4).meaning();
  }

  /** The same of two meanings that are at hand, within the limits of the first. */
  public static List<Difference> compare(Meaning left, Meaning right, int max)
      throws LimitException {
    return compare(left, right, true, max);
  }

  /**
   * The same for who asks as Python does: the order in which the members of a set or frozenset were
   * written is no difference. Python writes them in another one in each process.
   */
  public static List<Difference> compareValues(Meaning left, Meaning right, int max)
      throws LimitException {
    return compare(left, right, false, max);
  }

  private static List<Difference> compare(
      Meaning left, Meaning right, boolean hasOrderOfSets, int max) throws LimitException {
    long taken = left.footprint() + left.steps().comparison();
    taken += right.footprint() + right.steps().comparison();
    taken -= left.graph() == right.graph() ? left.graph().footprint() : 0;
    return new DiffWalk(left, right, hasOrderOfSets, max, Memory.beside(taken, left.limits()))
        .walk();
  }
}
