package io.picklift.schema.renames;

import io.picklift.schema.profile.MemberLayouts;
import io.picklift.schema.profile.SaveOccurrence;
import io.picklift.schema.profile.ValueProfile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Attributes of one class, or keys of one sort of records, that seem to be others under a new name.
 * Each piece of evidence is a natural logarithm: how much more often it is met with a rename than
 * with two attributes of which one vanished while the other appeared. Their sum decides.
 */
public final class AttributeRenames {
  private static final double BEFOREHAND = -1.5;
  private static final double PROPOSED = 1.0;
  private static final double SURE = 6;
  private static final double AHEAD = 1;
  private static final double FAR_AHEAD = 3;

  /** Fewer saves with a name say too little. */
  private static final int FEWEST_SAVES = 3;

  private static final int FEWEST_TO_BE_SURE = 5;

  private final ValueProfile owners;
  private final List<MemberLayouts.Known> layouts;
  private final PlaceLikeness places;

  private AttributeRenames(ValueProfile owners) {
    this.owners = owners;
    layouts = owners.layouts();
    places = new PlaceLikeness(layouts);
  }

  /**
   * One that was found.
   *
   * @param isSure whether a mapping may take it for granted
   * @param evidence for people
   */
  public record Rename(String older, String newer, boolean isSure, String evidence) {}

  private record Candidate(
      String older, String newer, double weight, boolean isStrong, String evidence) {}

  /** The renames among the members of a place, in the order of the newer names. */
  public static List<Rename> of(ValueProfile owners) {
    return new AttributeRenames(owners).find();
  }

  private List<Rename> find() {
    List<Candidate> candidates = new ArrayList<>();
    List<String> names = new ArrayList<>(owners.members().keySet());
    // What all owners have is no candidate.
    names.removeIf(name -> member(name).count() >= owners.count() || !isSeenOften(name));
    for (int i = 0; i < names.size() && !layouts.isEmpty(); i++) {
      for (int j = 0; j < i; j++) {
        Candidate candidate = compare(names.get(i), names.get(j));
        if (candidate != null && candidate.weight() > 0) {
          candidates.add(candidate);
        }
      }
    }
    candidates.sort(
        Comparator.comparingDouble(Candidate::weight)
            .reversed()
            .thenComparing(Candidate::newer)
            .thenComparing(Candidate::older));
    return choose(candidates);
  }

  private boolean isSeenOften(String name) {
    return member(name).seen().saves() >= FEWEST_SAVES;
  }

  private ValueProfile member(String name) {
    ValueProfile member = owners.members().get(name);
    if (member == null) {
      throw new IllegalArgumentException("no such member");
    }
    return member;
  }

  /** Each name once, the best first, where nothing else is nearly as good. */
  private List<Rename> choose(List<Candidate> candidates) {
    List<Rename> chosen = new ArrayList<>();
    Set<String> older = new HashSet<>();
    Set<String> newer = new HashSet<>();
    for (Candidate best : candidates) {
      if (best.weight() < PROPOSED
          || older.contains(best.older())
          || newer.contains(best.newer())) {
        continue;
      }
      double next =
          candidates.stream()
              .filter(c -> !c.equals(best))
              .filter(c -> c.older().equals(best.older()) || c.newer().equals(best.newer()))
              .filter(c -> !older.contains(c.older()) && !newer.contains(c.newer()))
              .mapToDouble(Candidate::weight)
              .max()
              .orElse(Double.NEGATIVE_INFINITY);
      if (best.weight() - next < AHEAD) {
        continue;
      }
      older.add(best.older());
      newer.add(best.newer());
      boolean isSure =
          best.isStrong() && best.weight() >= SURE && best.weight() - next >= FAR_AHEAD;
      chosen.add(new Rename(best.older(), best.newer(), isSure, best.evidence()));
    }
    chosen.sort(Comparator.comparing(Rename::newer));
    return chosen;
  }

  private @Nullable Candidate compare(String one, String other) {
    ValueProfile left = member(one);
    ValueProfile right = member(other);
    boolean stand =
        layouts.stream()
            .anyMatch(layout -> layout.names().contains(one) && layout.names().contains(other));
    if (stand || left.count() + right.count() > owners.count()) {
      return null;
    }
    boolean isOlder = isOlder(left.seen(), right.seen());
    String older = isOlder ? one : other;
    String newer = isOlder ? other : one;
    ValueLikeness values = new ValueLikeness(left, right);
    PlaceLikeness.Found place = places.compare(older, newer);
    double name = NameLikeness.of(one, other);
    double overlap = values.overlap();
    double weight =
        BEFOREHAND + values.weight() + place.weight() + name(name) + presence(older, newer);
    boolean isStrong =
        (name >= 0.6 || (name >= 0.3 && place.isSame()) || (overlap >= 0.5 && place.isSame()))
            && Math.min(left.seen().saves(), right.seen().saves()) >= FEWEST_TO_BE_SURE;
    return new Candidate(older, newer, weight, isStrong, evidence(name, overlap, place));
  }

  private static String evidence(double name, double overlap, PlaceLikeness.Found place) {
    List<String> parts = new ArrayList<>();
    parts.add("never both");
    if (place.isSame()) {
      parts.add("same place in the state");
    }
    parts.add("values of one kind and range");
    if (overlap >= 0.2) {
      parts.add(String.format(Locale.ROOT, "%.0f%% of the values the same", overlap * 100));
    }
    if (name >= 0.45) {
      parts.add("alike in name");
    }
    return String.join(", ", parts);
  }

  private static boolean isOlder(SaveOccurrence one, SaveOccurrence other) {
    var last = one.last();
    var otherLast = other.last();
    return last != null && otherLast != null && last.isBefore(otherLast);
  }

  private static double name(double likeness) {
    return likeness >= 0.95
        ? 5
        : likeness >= 0.6 ? 3.5 : likeness >= 0.45 ? 2 : likeness >= 0.3 ? 0.8 : -0.8;
  }

  /** Whether the newer one begins where the older one ends. */
  private double presence(String older, String newer) {
    ValueProfile old = member(older);
    ValueProfile young = member(newer);
    long neither = owners.count() - old.count() - young.count();
    boolean isTold = old.seen().endsBefore(young.seen());
    if (isTold) {
      boolean isGap =
          layouts.stream()
              .filter(layout -> !layout.names().contains(older) && !layout.names().contains(newer))
              .anyMatch(
                  layout ->
                      old.seen().endsBefore(layout.seen())
                          && layout.seen().endsBefore(young.seen()));
      return isGap ? -4 : neither == 0 ? 1.2 : 0.6;
    }
    if (old.seen().isTold(young.seen())) {
      // Both are still written, or were for long: two sorts of owners, not two times.
      return -2.5;
    }
    return neither == 0 ? 0.7 : -0.7;
  }
}
