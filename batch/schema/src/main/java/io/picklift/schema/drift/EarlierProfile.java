package io.picklift.schema.drift;

import io.picklift.schema.profile.ProfilePlaces;
import io.picklift.schema.text.PlacePath;
import java.io.StringReader;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** What an earlier {@code profile.json} knew, by the paths of {@link ProfilePlaces}. */
final class EarlierProfile {
  private final TreeMap<String, ProfilePlaces.Known> byPath = new TreeMap<>();
  private final Set<String> classes = new TreeSet<>();

  private EarlierProfile() {}

  /**
   * Reads a {@code profile.json}.
   *
   * @throws IllegalArgumentException with a message for people, where it is none
   */
  static EarlierProfile parse(String json) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    options.setNestingDepthLimit(200);
    try {
      // JSON as ProfileJson writes it is YAML, too.
      Map<?, ?> document =
          (Map<?, ?>) new Yaml(new SafeConstructor(options)).load(new StringReader(json));
      EarlierProfile baseline = new EarlierProfile();
      baseline.place(ProfilePlaces.ROOT, document.get("root"));
      map(document.get("splits"))
          .forEach(
              (value, of) ->
                  baseline.place(PlacePath.member(ProfilePlaces.SPLIT, String.valueOf(value)), of));
      map(document.get("classes"))
          .forEach((name, of) -> baseline.classProfile(String.valueOf(name), map(of)));
      return baseline;
    } catch (YAMLException | ClassCastException | NullPointerException e) {
      throw new IllegalArgumentException("profile.json beside the mapping is damaged", e);
    }
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private void classProfile(String name, Map<?, ?> of) {
    classes.add(name);
    map(of.get("attributes"))
        .forEach((attribute, at) -> place(PlacePath.member(name, String.valueOf(attribute)), at));
    List<?> arguments = list(of.get("arguments"));
    for (int i = 0; i < arguments.size(); i++) {
      place(PlacePath.at(name, i), arguments.get(i));
    }
    place(PlacePath.contents(name), of.get("contents"));
    // Profiles of older builds told the contents of all objects by class.
    place(PlacePath.items(name), of.get("items"));
    place(PlacePath.contents(name), of.get("entries"));
  }

  private record Step(String path, Map<?, ?> place) {}

  private void place(String top, @Nullable Object value) {
    Deque<Step> open = new ArrayDeque<>();
    push(open, top, value);
    while (!open.isEmpty()) {
      Step step = open.pop();
      Map<?, ?> at = step.place();
      byPath.put(step.path(), known(at));
      map(at.get("members"))
          .forEach((name, m) -> push(open, PlacePath.member(step.path(), String.valueOf(name)), m));
      List<?> places = list(at.get("places"));
      for (int i = 0; i < places.size(); i++) {
        push(open, PlacePath.at(step.path(), i), places.get(i));
      }
      push(open, PlacePath.items(step.path()), at.get("items"));
      push(open, PlacePath.values(step.path()), at.get("values"));
      push(open, PlacePath.keys(step.path()), at.get("keys"));
    }
  }

  private static void push(Deque<Step> open, String path, @Nullable Object value) {
    if (value instanceof Map<?, ?> map && !map.containsKey("beyond")) {
      open.push(new Step(path, map));
    }
  }

  private static ProfilePlaces.Known known(Map<?, ?> place) {
    Set<String> types = new TreeSet<>();
    for (Object type : map(place.get("types")).keySet()) {
      if (!String.valueOf(type).equals("none")) {
        types.add(String.valueOf(type));
      }
    }
    map(place.get("classes"))
        .forEach(
            (name, referred) -> {
              Object count = map(referred).get("count");
              if (count != null && !count.equals(map(referred).get("wrapped"))) {
                types.add(String.valueOf(name));
              }
            });
    Map<?, ?> ints = map(place.get("ints"));
    return new ProfilePlaces.Known(
        types,
        number(map(place.get("characters")).get("max")).longValue(),
        number(ints.get("min")),
        number(ints.get("max")));
  }

  private static BigInteger number(@Nullable Object value) {
    return value == null ? BigInteger.ZERO : new BigInteger(value.toString());
  }

  boolean hasClass(String name) {
    return classes.contains(name);
  }

  ProfilePlaces.@Nullable Known place(String path) {
    return byPath.get(path);
  }

  Set<String> paths() {
    return byPath.keySet();
  }
}
