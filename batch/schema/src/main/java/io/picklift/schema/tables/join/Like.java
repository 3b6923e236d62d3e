package io.picklift.schema.tables.join;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Values that stand in one place, which a new one is made like. What is found out of all of them is
 * kept with them: many new ones may be made beside many.
 */
final class Like {
  private final int[] nodes;
  private final Map<Object, Boolean> facts = new HashMap<>();
  private final Map<Object, Integer> numbers = new HashMap<>();
  private final Map<Object, Like> parts = new HashMap<>();
  private @Nullable List<Integer> list;

  Like(int[] nodes) {
    this.nodes = nodes;
  }

  static Like none() {
    return new Like(new int[0]);
  }

  static Like of(IntStream nodes) {
    return new Like(nodes.toArray());
  }

  /** The nodes; not to be changed. */
  int[] nodes() {
    return nodes;
  }

  int size() {
    return nodes.length;
  }

  boolean isEmpty() {
    return nodes.length == 0;
  }

  int first() {
    return nodes[0];
  }

  /** The nodes, as one list. */
  List<Integer> list() {
    List<Integer> known = list;
    if (known == null) {
      known = Arrays.stream(nodes).boxed().toList();
      list = known;
    }
    return known;
  }

  /**
   * What holds of them; found out once.
   *
   * @param what names it, and all that it depends on but the nodes
   */
  boolean holds(Object what, Predicate<int[]> fact) {
    Boolean known = facts.get(what);
    if (known == null) {
      known = fact.test(nodes);
      facts.put(what, known);
    }
    return known;
  }

  boolean any(Object what, IntPredicate is) {
    return holds(what, of -> Arrays.stream(of).anyMatch(is));
  }

  boolean all(Object what, IntPredicate is) {
    return holds(what, of -> Arrays.stream(of).allMatch(is));
  }

  /** A number that is found out of them once, such as a node. */
  int number(Object what, ToIntFunction<int[]> number) {
    Integer known = numbers.get(what);
    if (known == null) {
      known = number.applyAsInt(nodes);
      numbers.put(what, known);
    }
    return known;
  }

  /** Some of them, or what is within them; the same for each who asks. */
  Like part(Object what, UnaryOperator<int[]> part) {
    Like known = parts.get(what);
    if (known == null) {
      int[] of = part.apply(nodes);
      known = of == nodes ? this : new Like(of);
      parts.put(what, known);
    }
    return known;
  }

  /** Those of them that are so. */
  Like those(Object what, IntPredicate are) {
    return part(
        what,
        of -> {
          int[] found = Arrays.stream(of).filter(are).toArray();
          return found.length == of.length ? of : found;
        });
  }
}
