package io.picklift.schema.renames;

import io.picklift.schema.profile.MemberLayouts;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether one attribute stands where the other stood: a new name in a constructor is written over
 * the old one, while what is new is mostly added at its end.
 */
final class PlaceLikeness {
  /** So many layouts with the most owners are looked at. */
  private static final int LOOKED_AT = 8;

  /** How many renames leave the attribute where it was. */
  private static final double KEPT = 0.8;

  private final List<MemberLayouts.Known> layouts;

  PlaceLikeness(List<MemberLayouts.Known> layouts) {
    this.layouts = layouts;
  }

  /**
   * What was found.
   *
   * @param weight a logarithm as those of {@link ValueLikeness}
   * @param isSame whether it is the place between the same others
   */
  record Found(double weight, boolean isSame) {}

  Found compare(String one, String other) {
    List<String> left = List.of();
    List<String> right = List.of();
    double best = -1;
    for (MemberLayouts.Known a : with(one)) {
      for (MemberLayouts.Known b : with(other)) {
        double alike = alike(a.names(), b.names());
        if (alike > best) {
          best = alike;
          left = a.names();
          right = b.names();
        }
      }
    }
    Set<String> common = new HashSet<>(left);
    common.retainAll(right);
    if (common.size() < 2) {
      return new Found(0, false);
    }
    int before = before(left, one, common);
    int after = before(right, other, common);
    if (before == after && rank(left, one, common) == rank(right, other, common)) {
      double byChance = before == common.size() ? 0.5 : 1.0 / (common.size() + 1);
      return new Found(Math.log(KEPT / byChance), true);
    }
    double byChance = 1 - 1.0 / (common.size() + 1);
    return new Found(Math.log((1 - KEPT) / byChance), false);
  }

  private List<MemberLayouts.Known> with(String name) {
    return layouts.stream()
        .filter(layout -> layout.names().contains(name))
        .sorted(
            Comparator.comparingLong(MemberLayouts.Known::owners)
                .reversed()
                .thenComparing(layout -> String.join(" ", layout.names())))
        .limit(LOOKED_AT)
        .toList();
  }

  private static double alike(List<String> one, List<String> other) {
    Set<String> both = new HashSet<>(one);
    both.retainAll(other);
    return (double) both.size() / (one.size() + other.size() - both.size());
  }

  /** How many common names come before. */
  private static int before(List<String> names, String name, Set<String> common) {
    return (int) names.stream().takeWhile(n -> !n.equals(name)).filter(common::contains).count();
  }

  /** How many others come between the last common name before it and itself. */
  private static int rank(List<String> names, String name, Set<String> common) {
    int rank = 0;
    for (String at : names) {
      if (at.equals(name)) {
        return rank;
      }
      rank = common.contains(at) ? 0 : rank + 1;
    }
    return rank;
  }
}
