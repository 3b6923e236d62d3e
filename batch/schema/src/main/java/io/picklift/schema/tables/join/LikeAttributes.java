package io.picklift.schema.tables.join;

import io.picklift.codec.meaning.Meaning;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Names and values of the objects that a new one is made like. */
final class LikeAttributes {
  private final Meaning meaning;
  private final Like objects;
  private final List<int[]> pairs;
  private final List<int[]> others;
  private final Map<String, Like> there = new HashMap<>();
  private final Map<String, Like> all = new HashMap<>();
  private final Set<String> names = new HashSet<>();

  /**
   * @param objects those that decide what a new one has
   * @param others objects that may show what a value is like where those do not
   * @param pairs names and values of an object
   */
  LikeAttributes(Meaning meaning, Like objects, Like others, IntFunction<int[]> pairs) {
    this.meaning = meaning;
    this.objects = objects;
    this.pairs = Arrays.stream(objects.nodes()).mapToObj(pairs).toList();
    this.others = Arrays.stream(others.nodes()).mapToObj(pairs).toList();
    for (int[] of : this.pairs) {
      for (int i = 0; i < of.length; i += 2) {
        if (meaning.isText(of[i])) {
          names.add(meaning.text(of[i]));
        }
      }
    }
  }

  Like objects() {
    return objects;
  }

  /** Names and values of the first of them. */
  int[] first() {
    return pairs.isEmpty() ? new int[0] : pairs.get(0);
  }

  /** All names that any of them has. */
  Set<String> names() {
    return names;
  }

  /** Whether all of them have the name. */
  boolean isAlways(String name) {
    return there(name).size() == pairs.size();
  }

  /** What those have under a name that decide. */
  Like there(String name) {
    return there.computeIfAbsent(name, k -> Like.of(values(pairs, name)));
  }

  /** What any has under a name, those ahead that decide. */
  Like all(String name) {
    return all.computeIfAbsent(
        name,
        k -> {
          Like first = there(name);
          int[] more = values(others, name).toArray();
          return more.length == 0
              ? first
              : Like.of(IntStream.concat(Arrays.stream(first.nodes()), Arrays.stream(more)));
        });
  }

  private IntStream values(List<int[]> of, String name) {
    return of.stream().flatMapToInt(its -> value(its, name));
  }

  private IntStream value(int[] its, String name) {
    return IntStream.range(0, its.length / 2)
        .filter(i -> meaning.isText(its[2 * i]) && meaning.text(its[2 * i]).equals(name))
        .map(i -> its[2 * i + 1])
        .limit(1);
  }
}
