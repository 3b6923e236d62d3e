package io.picklift.app.encoding.text;

import io.picklift.app.encoding.format.ByteLiterals;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * uuencode: lines of a length and of groups of four characters for three bytes, with or without a
 * line {@code begin 644 name} ahead. A style is that line, how a zero is written, the line end, and
 * what stands behind the last line that holds bytes.
 */
final class UuText extends TextEncoding {
  private static final Pattern BEGIN = Pattern.compile("begin [0-7]{3,4} [^\r\n]{1,200}\r?\n");
  private static final Pattern TAIL = Pattern.compile("(?:[ `]?\r?\n(?:end(?:\r?\n)?)?)?");
  private static final int BYTES_A_LINE = 45;
  private static final int SHORTEST = 6;

  UuText() {
    super("uuencode");
  }

  @Override
  public boolean isWeak() {
    return true;
  }

  /** How a text is written, and what it stands for. */
  private record Read(byte[] bytes, String begin, String zero, String lineEnd, String tail) {
    String style() {
      return literal(begin) + "." + zero + "." + literal(lineEnd) + "." + literal(tail);
    }
  }

  private static String literal(String text) {
    return ByteLiterals.of(ByteLiterals.latin1(text));
  }

  private static String plain(String literal) {
    return ByteLiterals.latin1(ByteLiterals.bytes(literal));
  }

  @Override
  public boolean detects(byte[] bytes) {
    if (bytes.length < SHORTEST) {
      return false;
    }
    int end = 0;
    while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
      end++;
    }
    boolean isBegun = ByteLiterals.startsWith(bytes, 0, ByteLiterals.latin1("begin "));
    return isBegun || (isDigit(bytes[0]) && end == 1 + characters(value((char) bytes[0])));
  }

  private static boolean isDigit(int c) {
    return c >= ' ' && c <= '`';
  }

  /** How many characters stand for so many bytes. */
  private static int characters(int bytes) {
    return (bytes + 2) / 3 * 4;
  }

  private static int value(char digit) {
    return (digit & 0x3f) ^ 0x20;
  }

  private static @Nullable Read parse(String text) {
    Matcher begin = BEGIN.matcher(text);
    int at = begin.lookingAt() ? begin.end() : 0;
    String head = text.substring(0, at);
    String lineEnd = head.endsWith("\r\n") ? "\r\n" : "\n";
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
    while (at < text.length() && isDigit(text.charAt(at)) && value(text.charAt(at)) > 0) {
      int count = value(text.charAt(at));
      int end = at + 1 + characters(count);
      if (end > text.length()) {
        return null;
      }
      for (int i = at + 1; i < end; i += 4) {
        int group = 0;
        for (int j = i; j < i + 4; j++) {
          if (!isDigit(text.charAt(j))) {
            return null;
          }
          group = group << 6 | value(text.charAt(j));
        }
        for (int j = 0; j < 3 && count > 0; j++, count--) {
          out.write(group >> (16 - 8 * j));
        }
      }
      if (text.startsWith("\r\n", end)) {
        lineEnd = "\r\n";
      } else if (end < text.length() && text.charAt(end) != '\n') {
        return null;
      }
      at = Math.min(text.length(), end + lineEnd.length());
    }
    String tail = text.substring(at);
    return TAIL.matcher(tail).matches()
        ? new Read(out.toByteArray(), head, zero(text, head), lineEnd, tail)
        : null;
  }

  private static String zero(String text, String head) {
    return text.indexOf('`', head.length()) >= 0 ? "tick" : "blank";
  }

  @Override
  byte @Nullable [] read(byte[] text) {
    Read read = parse(ByteLiterals.latin1(text));
    return read == null ? null : read.bytes();
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    Read read = parse(ByteLiterals.latin1(outer));
    return read == null ? List.of() : List.of(read.style());
  }

  @Override
  public byte[] make(byte[] inner, String style) {
    String[] parts = style.split("\\.", -1);
    char zero = parts[1].equals("tick") ? '`' : ' ';
    String lineEnd = plain(parts[2]);
    StringBuilder text = new StringBuilder(plain(parts[0]));
    for (int from = 0; from < inner.length; from += BYTES_A_LINE) {
      int to = Math.min(inner.length, from + BYTES_A_LINE);
      text.append(digit(to - from, zero));
      for (int i = from; i < to; i += 3) {
        int group = 0;
        for (int j = i; j < i + 3; j++) {
          group = group << 8 | (j < to ? inner[j] & 0xff : 0);
        }
        for (int shift = 18; shift >= 0; shift -= 6) {
          text.append(digit(group >> shift & 0x3f, zero));
        }
      }
      text.append(lineEnd);
    }
    return ByteLiterals.latin1(text.append(plain(parts[3])).toString());
  }

  private static char digit(int value, char zero) {
    return value == 0 ? zero : (char) (value + ' ');
  }
}
