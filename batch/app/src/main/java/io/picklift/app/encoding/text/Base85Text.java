package io.picklift.app.encoding.text;

import io.picklift.app.encoding.format.ByteLiterals;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Base 85: five digits for four bytes. {@code base85} is what Python's {@code b85encode} writes,
 * {@code ascii85} what {@code a85encode} does, with or without Adobe's {@code <~ ~>}.
 */
final class Base85Text extends TextEncoding {
  private static final String PYTHON =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";

  private static final String ADOBE_LEAD = "<~";
  private static final String ADOBE_TAIL = "~>";
  private static final int GROUP = 5;

  private final boolean isAscii;
  private final byte[] values = new byte[128];
  private final char[] digits = new char[85];

  private Base85Text(String label, boolean isAscii) {
    super(label);
    this.isAscii = isAscii;
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < 85; i++) {
      char digit = isAscii ? (char) ('!' + i) : PYTHON.charAt(i);
      digits[i] = digit;
      values[digit] = (byte) i;
    }
  }

  static Base85Text python() {
    return new Base85Text("base85", false);
  }

  static Base85Text ascii() {
    return new Base85Text("ascii85", true);
  }

  @Override
  public boolean isWeak() {
    return true;
  }

  @Override
  public boolean detects(byte[] bytes) {
    String text = body(ByteLiterals.latin1(bytes));
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isZeros = isAscii && c == 'z';
      boolean isBreak = isAscii && ByteLiterals.isBlank((byte) c);
      if (!isZeros && !isBreak && (c >= 128 || values[c] < 0)) {
        return false;
      }
    }
    return text.length() >= GROUP;
  }

  private String body(String text) {
    boolean isAdobe = isAscii && text.startsWith(ADOBE_LEAD) && text.endsWith(ADOBE_TAIL);
    return isAdobe && text.length() > 4 ? text.substring(2, text.length() - 2) : text;
  }

  @Override
  byte @Nullable [] read(byte[] bytes) {
    String text = body(ByteLiterals.latin1(bytes));
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
    long group = 0;
    int n = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isAscii && ByteLiterals.isBlank((byte) c)) {
        continue;
      }
      if (isAscii && c == 'z') {
        if (n != 0) {
          return null;
        }
        out.writeBytes(new byte[4]);
        continue;
      }
      group = group * 85 + values[c];
      if (++n == GROUP) {
        if (group > 0xffffffffL) {
          return null;
        }
        put(out, group, 4);
        group = 0;
        n = 0;
      }
    }
    if (n == 1) {
      return null;
    }
    if (n > 1) {
      for (int i = n; i < GROUP; i++) {
        group = group * 85 + 84;
      }
      if (group > 0xffffffffL) {
        return null;
      }
      put(out, group, n - 1);
    }
    return out.toByteArray();
  }

  private static void put(ByteArrayOutputStream out, long group, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (group >> (24 - 8 * i)));
    }
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    return List.of(ByteLiterals.latin1(outer).startsWith(ADOBE_LEAD) ? "adobe" : "plain");
  }

  @Override
  public byte[] make(byte[] inner, String style) {
    StringBuilder text = new StringBuilder(inner.length * 5 / 4 + 8);
    for (int i = 0; i < inner.length; i += 4) {
      int bytes = Math.min(4, inner.length - i);
      long group = 0;
      for (int j = 0; j < 4; j++) {
        group = group << 8 | (j < bytes ? inner[i + j] & 0xff : 0);
      }
      if (isAscii && group == 0 && bytes == 4) {
        text.append('z');
        continue;
      }
      char[] five = new char[GROUP];
      for (int j = GROUP - 1; j >= 0; j--) {
        five[j] = digits[(int) (group % 85)];
        group /= 85;
      }
      text.append(five, 0, bytes + 1);
    }
    boolean isAdobe = style.equals("adobe");
    return ByteLiterals.latin1(isAdobe ? ADOBE_LEAD + text + ADOBE_TAIL : text.toString());
  }
}
