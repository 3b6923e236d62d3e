package io.picklift.schema.arrays;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
