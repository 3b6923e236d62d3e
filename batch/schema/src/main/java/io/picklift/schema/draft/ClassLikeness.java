package io.picklift.schema.draft;

import io.picklift.codec.meaning.Attributes;
import io.picklift.schema.profile.ClassProfile;
import io.picklift.schema.profile.Profile;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What two classes that stand in one place have to do with each other. */
final class ClassLikeness {
  /** Classes with this share of their attributes in common are relatives or versions. */
  private static final double ALIKE = 0.5;

  /** Classes that have little in common share a table of no more attributes. */
  private static final int MOST_TOGETHER = 100;

  /** Fewer saves of a class may miss another one by chance. */
  private static final int FEWEST_SAVES = 4;

  /** Relatives of so much in common, and so many in a save, would meet in one. */
  private static final double NEARLY_SAME = 0.75;

  private static final double MANY_IN_SAVE = 3;

  private final Profile profile;
  private final Map<String, Set<String>> attributes = new HashMap<>();

  ClassLikeness(Profile profile) {
    this.profile = profile;
  }

  /** Whether most attributes of the two are the same. */
  boolean areAlike(String one, String other) {
    int all = all(one, other).size();
    return all > 0 && common(one, other) >= ALIKE * all;
  }

  boolean haveCommon(String one, String other) {
    return common(one, other) > 0;
  }

  /** Whether one of the two has half of its attributes of the other, as of a class above both. */
  boolean areRelatives(String one, String other) {
    int fewer = Math.min(attributes(one).size(), attributes(other).size());
    return fewer > 1 && common(one, other) * 2 >= fewer;
  }

  /** Whether a table of both would still be one to read. */
  boolean fitTogether(String one, String other) {
    return all(one, other).size() <= MOST_TOGETHER;
  }

  /**
   * What speaks for one class under two names, for people; empty where it is not enough. That no
   * save has both says nothing: a save may hold one such object.
   */
  String renamed(String one, String other) {
    ClassProfile left = profile.classes().get(one);
    ClassProfile right = profile.classes().get(other);
    if (left == null
        || right == null
        || left.together().contains(other)
        || right.together().contains(one)
        || !areAlike(one, other)) {
      return "";
    }
    String common = common(one, other) + " of " + all(one, other).size() + " attributes in common";
    if (NameMaker.ofClass(one).equals(NameMaker.ofClass(other))) {
      return "another module, " + common + ", no save with both";
    }
    if (Math.min(left.seen().saves(), right.seen().saves()) < FEWEST_SAVES) {
      return "";
    }
    if (left.seen().endsBefore(right.seen()) || right.seen().endsBefore(left.seen())) {
      return "no save after the first one of the other class, " + common;
    }
    double inSave = Math.min(left.inSave().mean(), right.inSave().mean());
    return inSave >= MANY_IN_SAVE && common(one, other) >= NEARLY_SAME * all(one, other).size()
        ? Math.round(inSave) + " objects or more in a save, no save with both, " + common
        : "";
  }

  private int common(String one, String other) {
    Set<String> both = new HashSet<>(attributes(one));
    both.retainAll(attributes(other));
    return both.size();
  }

  private Set<String> all(String one, String other) {
    Set<String> either = new HashSet<>(attributes(one));
    either.addAll(attributes(other));
    return either;
  }

  private Set<String> attributes(String name) {
    return attributes.computeIfAbsent(
        name,
        n -> {
          ClassProfile of = profile.classes().get(n);
          Set<String> names = of == null ? Set.of() : new HashSet<>(of.attributes().keySet());
          // That objects have a state which is no dict makes them no relatives.
          names.remove(Attributes.STATE_NAME);
          return names;
        });
  }
}
