package io.picklift.schema.profile;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Visits a value's profile and all below it. */
public final class ValueWalk {
  private ValueWalk() {}

  public static void each(ValueProfile root, Consumer<ValueProfile> visitor) {
    Deque<ValueProfile> open = new ArrayDeque<>();
    open.push(root);
    while (!open.isEmpty()) {
      ValueProfile value = open.pop();
      visitor.accept(value);
      push(open, value.items());
      push(open, value.keys());
      push(open, value.values());
      value.members().values().forEach(open::push);
      value.places().forEach(open::push);
      value.fieldPlaces().forEach(open::push);
    }
  }

  /** Bytes of the pickles that the values here took with all below, objects apart. */
  public static long bytes(ValueProfile root) {
    long[] sum = new long[1];
    each(root, value -> sum[0] += value.ownBytes());
    return sum[0];
  }

  private static void push(Deque<ValueProfile> open, @Nullable ValueProfile value) {
    if (value != null) {
      open.push(value);
    }
  }
}
