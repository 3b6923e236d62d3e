package io.picklift.app.encoding.text;

import io.picklift.app.encoding.format.ByteLiterals;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** base32 in the alphabets of RFC 4648. A style is the case, and whether it is padded. */
final class Base32Text extends TextEncoding {
  private static final int GROUP = 8;
  private static final int SHORTEST = 8;

  private final String alphabet;

  private Base32Text(String label, String alphabet) {
    super(label);
    this.alphabet = alphabet;
  }

  static Base32Text usual() {
    return new Base32Text("base32", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");
  }

  static Base32Text hex() {
    return new Base32Text("base32hex", "0123456789ABCDEFGHIJKLMNOPQRSTUV");
  }

  @Override
  public boolean detects(byte[] bytes) {
    int digits = digits(bytes);
    int padding = bytes.length - digits;
    for (int i = digits; i < bytes.length; i++) {
      if (bytes[i] != '=') {
        return false;
      }
    }
    int rest = digits % GROUP;
    boolean isWhole = rest != 1 && rest != 3 && rest != 6;
    return digits >= SHORTEST
        && isWhole
        && (padding == 0 || (padding < 7 && bytes.length % GROUP == 0));
  }

  /** How many digits there are from the start, all of one case. */
  private int digits(byte[] bytes) {
    boolean isLower = false;
    boolean isUpper = false;
    int n = 0;
    while (n < bytes.length) {
      byte b = bytes[n];
      isLower |= b >= 'a' && b <= 'z';
      isUpper |= b >= 'A' && b <= 'Z';
      if (value(b) < 0 || (isLower && isUpper)) {
        break;
      }
      n++;
    }
    return n;
  }

  private int value(byte digit) {
    return alphabet.indexOf(Character.toUpperCase((char) digit));
  }

  @Override
  byte @Nullable [] read(byte[] text) {
    if (!detects(text)) {
      return null;
    }
    int digits = digits(text);
    byte[] bytes = new byte[digits * 5 / 8];
    int bits = 0;
    int held = 0;
    int n = 0;
    for (int i = 0; i < digits; i++) {
      bits = bits << 5 | value(text[i]);
      held += 5;
      if (held >= 8) {
        held -= 8;
        bytes[n++] = (byte) (bits >> held);
      }
    }
    return bytes;
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    String text = ByteLiterals.latin1(outer);
    String cased = text.equals(text.toUpperCase(Locale.ROOT)) ? "upper" : "lower";
    return List.of(cased + (text.length() % GROUP == 0 ? ".pad" : ".bare"));
  }

  @Override
  public byte[] make(byte[] inner, String style) {
    StringBuilder text = new StringBuilder();
    int bits = 0;
    int held = 0;
    for (byte b : inner) {
      bits = bits << 8 | (b & 0xff);
      held += 8;
      while (held >= 5) {
        held -= 5;
        text.append(alphabet.charAt(bits >> held & 31));
      }
    }
    if (held > 0) {
      text.append(alphabet.charAt(bits << (5 - held) & 31));
    }
    while (style.endsWith(".pad") && text.length() % GROUP != 0) {
      text.append('=');
    }
    String all = text.toString();
    return ByteLiterals.latin1(style.startsWith("lower") ? all.toLowerCase(Locale.ROOT) : all);
  }
}
