package io.picklift.schema.arrays;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A plain {@code numpy.dtype}.
 *
 * @param kind numpy's letter: b, i, u, f, S, U, M, m
 * @param size bytes of an element
 * @param isBig whether the byte of the highest weight comes first
 * @param unit of M and m; null else
 */
public record ElementType(char kind, int size, boolean isBig, @Nullable TimeUnits unit) {
  private static final int CHARACTER = 4;

  private static final Pattern TEXT =
      Pattern.compile(
          "([<>|])([biufSUMm])([0-9]{1,8})(?:\\[([0-9]{0,8})([YMWDhms]|[munpfa]s)\\])?");

  /** The type that a {@code dtype.str} says; null where it is none of these. */
  public static @Nullable ElementType parse(String text) {
    Matcher found = TEXT.matcher(text);
    if (!found.matches()) {
      return null;
    }
    char kind = found.group(2).charAt(0);
    int number = Integer.parseInt(found.group(3));
    String name = found.group(5);
    String count = String.valueOf(found.group(4));
    TimeUnits unit =
        name == null ? null : new TimeUnits(name, count.isEmpty() ? 1 : Integer.parseInt(count));
    boolean isTime = kind == 'M' || kind == 'm';
    return isTime == (unit == null)
        ? null
        : new ElementType(
            kind, kind == 'U' ? number * CHARACTER : number, found.group(1).equals(">"), unit);
  }

  /** What numpy's {@code dtype.str} is. */
  public String text() {
    int number = kind == 'U' ? size / CHARACTER : size;
    boolean hasOrder = size > 1 && kind != 'S' && kind != 'b';
    String order = hasOrder ? isBig ? ">" : "<" : "|";
    if (kind == 'U') {
      order = isBig ? ">" : "<";
    }
    return order + kind + number + (unit == null ? "" : unit.text());
  }

  ByteBuffer over(byte[] bytes, int at) {
    return ByteBuffer.wrap(bytes, at, size)
        .slice()
        .order(isBig ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }
}
