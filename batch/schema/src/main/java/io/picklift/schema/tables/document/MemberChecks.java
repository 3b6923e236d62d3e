package io.picklift.schema.tables.document;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the members of an array leave for its save's residue, so that they are known again in an
 * edited document: 32 bits of each. Which member stands where follows from them, not what it is.
 */
public final class MemberChecks {
  /** No member. */
  public static final int NONE = -1;

  private static final int OBJECT = 0x6f626a;
  private static final int ARRAY = 0x617272;

  private MemberChecks() {}

  /** Those of the members of an array. */
  public static int[] of(List<?> array) {
    return array.stream().mapToInt(MemberChecks::of).toArray();
  }

  /**
   * The same of documents that say the same, nearly surely: a server may give a number's fraction
   * with other last bits, and the keys of an object in another order.
   */
  private static int of(Object document) {
    if (document instanceof Map<?, ?> map) {
      int sum = OBJECT;
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        sum += mixed(31 * String.valueOf(entry.getKey()).hashCode() + of(entry.getValue()));
      }
      return mixed(sum);
    }
    if (document instanceof List<?> list) {
      int sum = ARRAY;
      for (Object member : list) {
        sum = mixed(31 * sum + of(member));
      }
      return sum;
    }
    if (document instanceof Number number) {
      return mixed(Float.floatToIntBits(number.floatValue()));
    }
    return document.equals(JsonReader.NULL) ? 1 : mixed(document.hashCode());
  }

  private static int mixed(int value) {
    int mixed = value * 0x9e3779b9;
    return mixed ^ mixed >>> 15;
  }

  /**
   * Which member each of those given is: one of equal value, of several the one in its place, else
   * the first; then one that stands in its place and is no other.
   *
   * @param checks of the members as they were
   * @return for each of those given the place that it had, or {@link #NONE} if it is new
   */
  public static int[] matched(int[] checks, List<?> given) {
    int[] now = of(given);
    int[] matched = new int[now.length];
    Arrays.fill(matched, NONE);
    boolean[] taken = new boolean[checks.length];
    for (int i = 0; i < Math.min(now.length, checks.length); i++) {
      if (now[i] == checks[i]) {
        matched[i] = i;
        taken[i] = true;
      }
    }
    Map<Integer, Deque<Integer>> open = new HashMap<>();
    for (int from = 0; from < checks.length; from++) {
      if (!taken[from]) {
        open.computeIfAbsent(checks[from], k -> new ArrayDeque<>()).add(from);
      }
    }
    for (int i = 0; i < now.length; i++) {
      Deque<Integer> equal = matched[i] == NONE ? open.get(now[i]) : null;
      if (equal != null && !equal.isEmpty()) {
        matched[i] = equal.remove();
        taken[matched[i]] = true;
      }
    }
    for (int i = 0; i < Math.min(now.length, checks.length); i++) {
      if (matched[i] == NONE && !taken[i]) {
        matched[i] = i;
      }
    }
    return matched;
  }
}
