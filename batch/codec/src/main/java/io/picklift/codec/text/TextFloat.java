package io.picklift.codec.text;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The argument of {@code FLOAT}, read as CPython's {@code load_float} reads it: {@code
 * PyOS_string_to_double} up to the line's end or a NUL; no blanks, no underscores, no hexadecimal,
 * and no overflow.
 */
public final class TextFloat {
  /** Possessive: what does not match is known after one pass. */
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?+(?:[0-9]++\\.?+[0-9]*+|\\.[0-9]++)(?:[eE][+-]?+[0-9]++)?+");

  private static final Pattern SPECIAL = Pattern.compile("([+-]?)(inf|infinity|nan)");

  /** What {@link #parse} gives for text that is refused: a NaN that no text gives. */
  private static final long REFUSED_BITS = 0x7ff8_dead_beef_0001L;

  public static final double REFUSED = Double.longBitsToDouble(REFUSED_BITS);

  private TextFloat() {}

  public static boolean isRefused(double value) {
    return Double.doubleToRawLongBits(value) == REFUSED_BITS;
  }

  /** The value, or {@link #REFUSED}. */
  public static double parse(byte[] source, int offset, int length) {
    int end = offset;
    while (end < offset + length && source[end] != 0) {
      end++;
    }
    String text = new String(source, offset, end - offset, StandardCharsets.ISO_8859_1);
    if (NUMBER.matcher(text).matches()) {
      double value = Double.parseDouble(text);
      return Double.isInfinite(value) ? REFUSED : value;
    }
    var special = SPECIAL.matcher(text.toLowerCase(Locale.ROOT));
    if (!special.matches()) {
      return REFUSED;
    }
    boolean negative = special.group(1).equals("-");
    if (special.group(2).equals("nan")) {
      return Double.longBitsToDouble(negative ? 0xfff8L << 48 : 0x7ff8L << 48);
    }
    return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }
}
