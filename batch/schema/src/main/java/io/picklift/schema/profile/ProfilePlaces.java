package io.picklift.schema.profile;

import io.picklift.schema.mapping.ValuePath;
import io.picklift.schema.profile.scalar.ScalarProfile;
import io.picklift.schema.text.PlacePath;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All places of a profile by their path, {@code module.Class.attribute[*].member}. Places below a
 * place have its path and a dot or bracket ahead of them.
 */
public final class ProfilePlaces {
  public static final String ROOT = "save";

  /** Ahead of the value that a save's source is split by. */
  public static final String SPLIT = ValuePath.SPLIT;

  private final TreeMap<String, ValueProfile> byPath = new TreeMap<>();

  public ProfilePlaces(Profile profile) {
    add(ROOT, profile.root());
    profile.splits().forEach((value, place) -> add(PlacePath.member(SPLIT, value), place));
    for (ClassProfile of : profile.classes().values()) {
      of.attributes().forEach((name, place) -> add(PlacePath.member(of.name(), name), place));
      for (int i = 0; i < of.arguments().size(); i++) {
        add(PlacePath.at(of.name(), i), of.arguments().get(i));
      }
      if (of.contents().count() > 0) {
        add(PlacePath.contents(of.name()), of.contents());
      }
    }
  }

  private record Step(String path, ValueProfile place) {}

  private void add(String top, ValueProfile place) {
    Deque<Step> open = new ArrayDeque<>();
    open.push(new Step(top, place));
    while (!open.isEmpty()) {
      Step step = open.pop();
      ValueProfile at = step.place();
      if (at.isBeyond()) {
        continue;
      }
      byPath.put(step.path(), at);
      at.members()
          .forEach(
              (name, member) -> open.push(new Step(PlacePath.member(step.path(), name), member)));
      for (int i = 0; i < at.places().size(); i++) {
        open.push(new Step(PlacePath.at(step.path(), i), at.places().get(i)));
      }
      push(open, PlacePath.items(step.path()), at.items());
      push(open, PlacePath.values(step.path()), at.values());
      push(open, PlacePath.keys(step.path()), at.keys());
    }
  }

  private static void push(Deque<Step> open, String path, @Nullable ValueProfile place) {
    if (place != null) {
      open.push(new Step(path, place));
    }
  }

  public Map<String, ValueProfile> all() {
    return byPath;
  }

  /** What a place had, as far as drift is told by it. */
  public record Known(Set<String> types, long characters, BigInteger min, BigInteger max) {}

  public static Known known(ValueProfile place) {
    Set<String> types = new TreeSet<>();
    for (ValueKind kind : ValueKind.values()) {
      if (kind != ValueKind.NONE && place.count(kind) > 0) {
        types.add(kind.name().toLowerCase(Locale.ROOT));
      }
    }
    for (Map.Entry<String, ReferenceCount> entry : place.classes().entrySet()) {
      if (entry.getValue().count() > entry.getValue().wrapped()) {
        types.add(entry.getKey());
      }
    }
    ScalarProfile scalars = place.scalars();
    return scalars == null
        ? new Known(types, 0, BigInteger.ZERO, BigInteger.ZERO)
        : new Known(types, scalars.characters().max(), scalars.intMin(), scalars.intMax());
  }
}
