package io.picklift.schema.tables.values;

import io.picklift.codec.bytes.ByteOutput;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/** Values as the text opcodes of protocols 0 and 1 write them. */
public final class PythonText {
  private static final int MOST_DIGITS = 17;
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private PythonText() {}

  /** Python's {@code repr} of a float: the shortest digits that read back as the same one. */
  public static byte[] repr(double value) {
    return reprText(value).getBytes(StandardCharsets.US_ASCII);
  }

  private static String reprText(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
    double magnitude = Math.abs(value);
    if (magnitude == 0) {
      return sign + "0.0";
    }
    BigDecimal exact = new BigDecimal(magnitude);
    BigDecimal shortest = exact;
    for (int digits = 1; digits <= MOST_DIGITS; digits++) {
      shortest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (shortest.doubleValue() == magnitude) {
        break;
      }
    }
    String digits = shortest.unscaledValue().toString();
    int point = digits.length() - shortest.scale();
    while (digits.length() > 1 && digits.endsWith("0")) {
      digits = digits.substring(0, digits.length() - 1);
    }
    return sign + placed(digits, point);
  }

  /** The digits with their point, or with an exponent where Python writes one. */
  private static String placed(String digits, int point) {
    int exponent = point - 1;
    if (exponent < -4 || exponent >= 16) {
      String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
      String power = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : "" + Math.abs(exponent);
      return digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + power;
    }
    if (point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    if (digits.length() <= point) {
      return digits + "0".repeat(point - digits.length()) + ".0";
    }
    return digits.substring(0, point) + "." + digits.substring(point);
  }

  /** The argument of {@code UNICODE} for UTF-8 text, as CPython 3's C pickler writes it. */
  public static byte[] rawUnicodeEscape(byte[] utf8, int offset, int length) {
    ByteOutput out = new ByteOutput();
    int at = offset;
    while (at < offset + length) {
      int first = utf8[at] & 0xff;
      int size = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
      int codePoint = codePoint(utf8, at, size);
      at += size;
      boolean escaped =
          codePoint == '\\'
              || codePoint == 0
              || codePoint == '\n'
              || codePoint == '\r'
              || codePoint == 0x1a;
      if (codePoint > 0xffff) {
        out.put('\\');
        out.put('U');
        hex(out, codePoint, 8);
      } else if (codePoint > 0xff || escaped) {
        out.put('\\');
        out.put('u');
        hex(out, codePoint, 4);
      } else {
        out.put(codePoint);
      }
    }
    return out.toArray();
  }

  private static int codePoint(byte[] utf8, int at, int size) {
    if (size == 1) {
      return utf8[at];
    }
    int codePoint = utf8[at] & (0xff >> (size + 1));
    for (int i = 1; i < size; i++) {
      codePoint = codePoint << 6 | (utf8[at + i] & 0x3f);
    }
    return codePoint;
  }

  private static void hex(ByteOutput out, int value, int digits) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      out.put(HEX[value >> shift & 0xf]);
    }
  }

  /** The argument of {@code STRING} with its quotes: Python 2's {@code repr} of a {@code str}. */
  public static byte[] quoted(byte[] bytes, int offset, int length) {
    boolean single = false;
    boolean twofold = false;
    for (int i = offset; i < offset + length; i++) {
      single |= bytes[i] == '\'';
      twofold |= bytes[i] == '"';
    }
    int quote = single && !twofold ? '"' : '\'';
    ByteOutput out = new ByteOutput();
    out.put(quote);
    for (int i = offset; i < offset + length; i++) {
      int c = bytes[i] & 0xff;
      switch (c) {
        case '\\' -> escape(out, '\\');
        case '\n' -> escape(out, 'n');
        case '\r' -> escape(out, 'r');
        case '\t' -> escape(out, 't');
        default -> {
          if (c == quote) {
            escape(out, quote);
          } else if (c < ' ' || c >= 0x7f) {
            escape(out, 'x');
            hex(out, c, 2);
          } else {
            out.put(c);
          }
        }
      }
    }
    out.put(quote);
    return out.toArray();
  }

  private static void escape(ByteOutput out, int character) {
    out.put('\\');
    out.put(character);
  }
}
