package io.picklift.codec.meaning;

/**
 * Several members in a row, as one long: the index of the first, as {@link Meaning#member} takes
 * it, and how many. Of pairs each key is followed by its value, and both count.
 */
public final class MemberSpan {
  public static final long EMPTY = 0;

  private MemberSpan() {}

  public static long of(int start, int count) {
    return ((long) start << Integer.SIZE) | count;
  }

  public static int start(long span) {
    return (int) (span >>> Integer.SIZE);
  }

  public static int count(long span) {
    return (int) span;
  }
}
