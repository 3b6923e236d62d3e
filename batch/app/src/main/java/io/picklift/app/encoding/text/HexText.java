package io.picklift.app.encoding.text;

import io.picklift.app.encoding.format.ByteLiterals;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hex digits in their spellings: bare, after {@code 0x}, after {@code \x} (PostgreSQL), in {@code
 * x'...'} (MySQL). A style is the case and what is before the digits.
 */
final class HexText extends TextEncoding {
  private static final List<String> LEADS = List.of("0x", "0X", "\\x", "\\\\x", "x'", "X'");
  private static final int SHORTEST = 4;

  /** Half a byte at the end of so many digits was cut off; shorter ones are numbers. */
  private static final int LEAST_CUT = 48;

  HexText() {
    super("hex");
  }

  private static String lead(byte[] bytes) {
    for (String lead : LEADS) {
      if (ByteLiterals.startsWith(bytes, 0, ByteLiterals.latin1(lead))) {
        return lead;
      }
    }
    return "";
  }

  private static String tail(String lead) {
    return lead.endsWith("'") ? "'" : "";
  }

  @Override
  public boolean detects(byte[] bytes) {
    String lead = lead(bytes);
    int end = bytes.length - tail(lead).length();
    int digits = end - lead.length();
    boolean isCut = digits % 2 != 0;
    if (digits < (isCut ? LEAST_CUT : SHORTEST) || (end < bytes.length && bytes[end] != '\'')) {
      return false;
    }
    for (int i = lead.length(); i < end; i++) {
      if (!HexFormat.isHexDigit(bytes[i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  byte @Nullable [] read(byte[] text) {
    if (!detects(text)) {
      return null;
    }
    String lead = lead(text);
    String all = ByteLiterals.latin1(text);
    int end = all.length() - tail(lead).length();
    return HexFormat.of().parseHex(all, lead.length(), end - (end - lead.length()) % 2);
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    String lead = ByteLiterals.of(ByteLiterals.latin1(lead(outer)));
    boolean isUpper =
        ByteLiterals.latin1(outer).substring(lead(outer).length()).matches("[0-9A-F']*");
    return isUpper ? List.of("upper:" + lead) : List.of("lower:" + lead);
  }

  @Override
  public byte[] make(byte[] inner, String style) {
    int colon = style.indexOf(':');
    String lead = ByteLiterals.latin1(ByteLiterals.bytes(style.substring(colon + 1)));
    HexFormat hex = HexFormat.of();
    hex = style.startsWith("upper") ? hex.withUpperCase() : hex;
    return ByteLiterals.latin1(lead + hex.formatHex(inner) + tail(lead));
  }
}
