package io.picklift.schema.tables.document;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the members of an array leave for its save's residue, so that they are known again in an
 * edited document: 64 bits of each. Which member stands where follows from them, not what it is.
 * The upper half is of the exact value; the lower one is the same for a number with other last
 * bits, as a server may give it back.
 */
public final class MemberChecks {
  /** No member. */
  public static final int NONE = -1;

  private static final long LOWER = 0xffffffffL;
  private static final long OBJECT = 0x6f626aL;
  private static final long ARRAY = 0x617272L;
  private static final long NULL = 0x6e756cL;
  private static final long TEXT = 0x747874L;

  private MemberChecks() {}

  /** Those of the members of an array. */
  public static long[] of(List<?> array) {
    return array.stream().mapToLong(MemberChecks::of).toArray();
  }

  private static long of(Object document) {
    return (hash(document, true) & ~LOWER) | (rough(document) & LOWER);
  }

  /** The same of documents that say the same, nearly surely. */
  public static int rough(Object document) {
    return (int) (hash(document, false) >>> Integer.SIZE);
  }

  /** A server may give the keys of an object in another order. */
  private static long hash(Object document, boolean isExact) {
    if (document instanceof Map<?, ?> map) {
      long sum = OBJECT;
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        sum += mixed(31 * text(String.valueOf(entry.getKey())) + hash(entry.getValue(), isExact));
      }
      return mixed(sum);
    }
    if (document instanceof List<?> list) {
      long sum = ARRAY;
      for (Object member : list) {
        sum = mixed(31 * sum + hash(member, isExact));
      }
      return sum;
    }
    if (document instanceof String text) {
      return text(text);
    }
    if (document instanceof Number number) {
      return mixed(isExact ? exact(number) : Float.floatToIntBits(number.floatValue()));
    }
    return mixed(document.equals(JsonReader.NULL) ? NULL : document.hashCode());
  }

  private static long exact(Number number) {
    return number instanceof Double real
        ? Double.doubleToLongBits(real)
        : number instanceof Long whole ? whole : text(number.toString());
  }

  private static long text(String text) {
    long hash = mixed(TEXT + text.length());
    for (int i = 0; i < text.length(); i++) {
      hash = mixed(31 * hash + text.charAt(i));
    }
    return hash;
  }

  private static long mixed(long value) {
    long mixed = value * 0x9e3779b97f4a7c15L;
    return mixed ^ mixed >>> 29;
  }

  /**
   * Which member each of those given is: one of equal value, of several the one in its place, else
   * the first; then one that stands in its place and is no other.
   *
   * @param checks of the members as they were
   * @return for each of those given the place that it had, or {@link #NONE} if it is new
   */
  public static int[] matched(long[] checks, List<?> given) {
    long[] now = of(given);
    int[] matched = new int[now.length];
    Arrays.fill(matched, NONE);
    boolean[] taken = new boolean[checks.length];
    // First by the exact value, then by the rough one.
    equal(checks, now, matched, taken);
    for (int i = 0; i < now.length; i++) {
      now[i] &= LOWER;
    }
    long[] rough = Arrays.stream(checks).map(check -> check & LOWER).toArray();
    equal(rough, now, matched, taken);
    for (int i = 0; i < Math.min(now.length, checks.length); i++) {
      if (matched[i] == NONE && !taken[i]) {
        matched[i] = i;
      }
    }
    return matched;
  }

  private static void equal(long[] checks, long[] now, int[] matched, boolean[] taken) {
    for (int i = 0; i < Math.min(now.length, checks.length); i++) {
      if (matched[i] == NONE && !taken[i] && now[i] == checks[i]) {
        matched[i] = i;
        taken[i] = true;
      }
    }
    Map<Long, Deque<Integer>> open = new HashMap<>();
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
  }
}
