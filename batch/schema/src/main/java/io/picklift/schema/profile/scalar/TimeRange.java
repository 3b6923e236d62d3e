package io.picklift.schema.profile.scalar;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/** The first and the last of some dates and datetimes, to the second; zones are not looked at. */
public final class TimeRange {
  private static final int DATE_BYTES = 4;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** Year (two bytes), month, day, hour, minute, second, in the order of their weight. */
  private long min = Long.MAX_VALUE;

  private long max = Long.MIN_VALUE;
  private boolean hasTimes;

  /** The first and the last eight bytes of the state that was added last. */
  private long lastHead;

  private long lastTail;

  TimeRange() {}

  /**
   * Adds the state of a date or datetime: its bytes' order is that of time.
   *
   * @return whether it is another one than was added so the last time
   */
  boolean add(byte[] state, int offset, int length) {
    boolean isDate = length == DATE_BYTES;
    long head =
        isDate
            ? (long) ((int) INTS.get(state, offset)) << Integer.SIZE
            : (long) LONGS.get(state, offset);
    // No month is 0: a datetime's never is what a date has here.
    long tail = isDate ? 0 : (long) LONGS.get(state, offset + length - Long.BYTES);
    if (head == lastHead && tail == lastTail) {
      return false;
    }
    lastHead = head;
    lastTail = tail;
    hasTimes |= !isDate;
    add(head >>> Byte.SIZE);
    return true;
  }

  /** Adds what {@code isoformat()} gives of a date or datetime. */
  void add(String iso) {
    long packed = Integer.parseInt(iso, 0, 4, 10);
    for (int at = 5; at < 20; at += 3) {
      int part = at < iso.length() ? Integer.parseInt(iso, at, at + 2, 10) : 0;
      packed = (packed << Byte.SIZE) | part;
    }
    hasTimes |= iso.length() > 10;
    add(packed);
  }

  private void add(long packed) {
    min = Math.min(min, packed);
    max = Math.max(max, packed);
  }

  void merge(TimeRange other) {
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    hasTimes |= other.hasTimes;
  }

  public boolean isEmpty() {
    return min > max;
  }

  /** In ISO 8601, without a time where there were only dates. */
  public String min() {
    return text(min);
  }

  public String max() {
    return text(max);
  }

  private String text(long packed) {
    LocalDateTime time =
        LocalDateTime.of(
            (int) (packed >> 40),
            part(packed, 4),
            part(packed, 3),
            part(packed, 2),
            part(packed, 1),
            part(packed, 0));
    return (hasTimes ? DateTimeFormatter.ISO_LOCAL_DATE_TIME : DateTimeFormatter.ISO_LOCAL_DATE)
        .format(time);
  }

  private static int part(long packed, int fromLast) {
    return (int) (packed >> (fromLast * Byte.SIZE)) & 0xff;
  }
}
