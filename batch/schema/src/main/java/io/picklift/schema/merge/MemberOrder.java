package io.picklift.schema.merge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** In which order a container has its members after both sides changed it. */
final class MemberOrder {
  private MemberOrder() {}

  /**
   * The order of the side that moved members; what is new on the other side stands behind the
   * member that it follows there.
   *
   * @param base the members of each side in their order, by their numbers
   * @param isOrdered whether the order says anything
   * @param all those that the container has now
   * @return null where both sides moved members, and not alike
   */
  static @Nullable List<Integer> merge(
      List<Integer> base,
      List<Integer> source,
      List<Integer> target,
      Set<Integer> all,
      boolean isOrdered) {
    Set<Integer> kept = new HashSet<>(base);
    kept.retainAll(all);
    kept.retainAll(new HashSet<>(source));
    kept.retainAll(new HashSet<>(target));
    List<Integer> before = only(base, kept);
    List<Integer> inTarget = only(target, kept);
    boolean isMoved = isOrdered && !inTarget.equals(before);
    List<Integer> inSource = only(source, kept);
    if (isMoved && !inSource.equals(before) && !inSource.equals(inTarget)) {
      return null;
    }
    return isMoved
        ? with(only(target, all), only(source, all))
        : with(only(source, all), only(target, all));
  }

  private static List<Integer> only(List<Integer> some, Set<Integer> of) {
    return some.stream().filter(of::contains).toList();
  }

  private static List<Integer> with(List<Integer> main, List<Integer> others) {
    Set<Integer> known = new HashSet<>(main);
    Map<Integer, List<Integer>> behind = new HashMap<>();
    int last = -1;
    for (int member : others) {
      if (known.contains(member)) {
        last = member;
      } else {
        behind.computeIfAbsent(last, k -> new ArrayList<>()).add(member);
      }
    }
    List<Integer> order = new ArrayList<>(behind.getOrDefault(-1, List.of()));
    for (int member : main) {
      order.add(member);
      order.addAll(behind.getOrDefault(member, List.of()));
    }
    return order;
  }
}
