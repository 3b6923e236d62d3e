package io.picklift.codec.text;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Integers written as text, read as CPython's C unpickler reads them ({@code Modules/_pickle.c}:
 * {@code load_int}, {@code load_long}, {@code load_get}). Its strings are C strings: a NUL ends
 * them.
 */
public final class TextInteger {
  /** Digits that are read at once. */
  private static final int PIECE = 512;

  private TextInteger() {}

  /**
   * The argument of {@code INT}: {@code strtol} of base 0, and where that does not reach the line's
   * end, {@code PyLong_FromString} of base 0.
   *
   * @return the value, or null where CPython refuses the text
   */
  public static @Nullable BigInteger ofInt(byte[] text, int offset, int length) {
    BigInteger value = strtol(text, offset, length);
    return value != null ? value : ofLong(text, offset, length, 0);
  }

  /** Whether two characters of {@code INT} are {@code False} (0) or {@code True} (1); else -1. */
  public static int asBool(byte[] text, int offset, int length) {
    if (length != 2) {
      return -1;
    }
    BigInteger value = strtol(text, offset, length);
    if (value == null || value.signum() < 0 || value.bitLength() > 1) {
      return -1;
    }
    return value.intValue();
  }

  /** {@code strtol(s, &end, 0)} where it takes the whole line and does not overflow; else null. */
  private static @Nullable BigInteger strtol(byte[] text, int offset, int length) {
    int end = cEnd(text, offset, length);
    if (end == offset && length > 0) {
      // A line that starts with a NUL: strtol converts nothing, and stops at what load_int takes
      // for the end.
      return BigInteger.ZERO;
    }
    int at = skipSpace(text, offset, end);
    boolean negative = false;
    if (at < end && (text[at] == '+' || text[at] == '-')) {
      negative = text[at] == '-';
      at++;
    }
    int base = 10;
    if (at < end && text[at] == '0') {
      base = 8;
      if (at + 2 < end && (text[at + 1] | 0x20) == 'x' && digit(text[at + 2]) < 16) {
        base = 16;
        at += 2;
      }
    }
    if (at == end) {
      return null;
    }
    for (int i = at; i < end; i++) {
      if (digit(text[i]) >= base) {
        return null;
      }
    }
    while (at < end - 1 && text[at] == '0') {
      at++;
    }
    if (end - at >= Long.SIZE) {
      return null;
    }
    BigInteger value = new BigInteger(ascii(text, at, end), base);
    value = negative ? value.negate() : value;
    return value.bitLength() < Long.SIZE ? value : null;
  }

  /**
   * {@code PyLong_FromString(s, NULL, base)} for base 0 or 10: blanks around, one sign, underscores
   * between digits, and for base 0 a prefix {@code 0x}, {@code 0o} or {@code 0b} and no leading
   * zeros otherwise.
   *
   * @return the value, or null where CPython refuses the text
   */
  public static @Nullable BigInteger ofLong(byte[] text, int offset, int length, int base) {
    Digits digits = parse(text, offset, length, base);
    if (digits == null) {
      return null;
    }
    BigInteger value = value(digits.text(), digits.radix());
    return digits.negative() ? value.negate() : value;
  }

  /** {@code BigInteger(digits, radix)}, which takes quadratic time, of pieces put together. */
  private static BigInteger value(String digits, int radix) {
    if (digits.length() <= PIECE) {
      return new BigInteger(digits, radix);
    }
    // Lowest first, so that all but the last have as many digits.
    int count = (digits.length() + PIECE - 1) / PIECE;
    BigInteger[] pieces = new BigInteger[count];
    for (int i = 0; i < count; i++) {
      int to = digits.length() - i * PIECE;
      pieces[i] = new BigInteger(digits.substring(Math.max(0, to - PIECE), to), radix);
    }
    BigInteger power = BigInteger.valueOf(radix).pow(PIECE);
    while (true) {
      for (int i = 0; i < count; i += 2) {
        pieces[i / 2] = i + 1 < count ? pieces[i + 1].multiply(power).add(pieces[i]) : pieces[i];
      }
      count = (count + 1) / 2;
      if (count == 1) {
        return pieces[0];
      }
      power = power.multiply(power);
    }
  }

  /** Whether {@link #ofInt} has a value, without the time that many digits take. */
  public static boolean isInt(byte[] text, int offset, int length) {
    return strtol(text, offset, length) != null || isLong(text, offset, length);
  }

  /** Whether {@link #ofLong} of base 0 has a value, likewise. */
  public static boolean isLong(byte[] text, int offset, int length) {
    return parse(text, offset, length, 0) != null;
  }

  private record Digits(String text, int radix, boolean negative) {}

  private static @Nullable Digits parse(byte[] text, int offset, int length, int base) {
    int end = cEnd(text, offset, length);
    int at = skipSpace(text, offset, end);
    while (end > at && isSpace(text[end - 1])) {
      end--;
    }
    boolean negative = false;
    if (at < end && (text[at] == '+' || text[at] == '-')) {
      negative = text[at] == '-';
      at++;
    }
    boolean zeroOnly = false;
    int radix = base;
    if (base == 0) {
      radix = prefixBase(text, at, end);
      if (radix != 10) {
        at += 2;
        // One underscore may stand right after a prefix.
        if (at < end && text[at] == '_') {
          at++;
        }
      } else {
        zeroOnly = at < end && text[at] == '0';
      }
    }
    String digits = digits(text, at, end, radix);
    if (digits == null || (zeroOnly && !isZero(digits))) {
      return null;
    }
    return new Digits(digits, radix, negative);
  }

  private static boolean isZero(String digits) {
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) != '0') {
        return false;
      }
    }
    return true;
  }

  private static int prefixBase(byte[] text, int at, int end) {
    if (at + 1 >= end || text[at] != '0') {
      return 10;
    }
    return switch (text[at + 1] | 0x20) {
      case 'x' -> 16;
      case 'o' -> 8;
      case 'b' -> 2;
      default -> 10;
    };
  }

  /**
   * The digits without underscores, each of which must stand between two digits; null where they
   * are none.
   */
  private static @Nullable String digits(byte[] text, int from, int end, int radix) {
    if (from >= end) {
      return null;
    }
    StringBuilder digits = new StringBuilder(end - from);
    boolean separated = true;
    for (int i = from; i < end; i++) {
      if (text[i] == '_') {
        if (separated) {
          return null;
        }
        separated = true;
      } else if (digit(text[i]) < radix) {
        digits.append((char) text[i]);
        separated = false;
      } else {
        return null;
      }
    }
    return separated ? null : digits.toString();
  }

  private static int digit(byte character) {
    int value = character >= 0 ? Character.digit(character, 36) : -1;
    return value < 0 ? Integer.MAX_VALUE : value;
  }

  private static int cEnd(byte[] text, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (text[i] == 0) {
        return i;
      }
    }
    return offset + length;
  }

  private static int skipSpace(byte[] text, int from, int end) {
    int at = from;
    while (at < end && isSpace(text[at])) {
      at++;
    }
    return at;
  }

  private static boolean isSpace(byte character) {
    return character == ' ' || (character >= '\t' && character <= '\r');
  }

  private static String ascii(byte[] text, int from, int end) {
    return new String(text, from, end - from, StandardCharsets.US_ASCII);
  }
}
