package io.picklift.app.encoding.text;

import io.picklift.app.encoding.format.ByteLiterals;
import io.picklift.app.encoding.format.Encoding;
import io.picklift.app.encoding.format.EncodingException;
import io.picklift.app.encoding.format.OutputBudget;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/**
 * Percent-encoding, as URLs and forms have it: {@code %80%04q}, a blank maybe as {@code +}. A style
 * is the case of the digits, whether a blank is a plus, and which characters stand for themselves.
 */
final class PercentText implements Encoding {
  private static final int SHORTEST = 6;

  @Override
  public String label() {
    return "percent";
  }

  @Override
  public boolean isWeak() {
    return true;
  }

  @Override
  public boolean detects(byte[] bytes) {
    boolean isAny = false;
    for (int i = 0; i < bytes.length; i++) {
      byte b = bytes[i];
      if (b <= ' ' || b == 0x7f) {
        return false;
      }
      if (b == '%') {
        if (i + 2 >= bytes.length
            || !HexFormat.isHexDigit(bytes[i + 1])
            || !HexFormat.isHexDigit(bytes[i + 2])) {
          return false;
        }
        isAny = true;
      }
    }
    return isAny && bytes.length >= SHORTEST;
  }

  @Override
  public List<byte[]> undo(byte[] bytes, OutputBudget room) throws EncodingException {
    room.check(bytes.length);
    String text = ByteLiterals.latin1(bytes);
    if (text.indexOf('+') < 0) {
      return List.of(read(bytes, false));
    }
    // Who writes a blank as %20 writes a plus as it is, or not at all.
    boolean isPlusBlank = !text.contains("%20");
    return List.of(read(bytes, isPlusBlank), read(bytes, !isPlusBlank));
  }

  private static byte[] read(byte[] text, boolean isPlusBlank) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length);
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '%') {
        out.write(HexFormat.fromHexDigit(text[i + 1]) * 16 + HexFormat.fromHexDigit(text[i + 2]));
        i += 2;
      } else {
        out.write(isPlusBlank && text[i] == '+' ? ' ' : text[i]);
      }
    }
    return out.toByteArray();
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    String text = ByteLiterals.latin1(outer);
    StringBuilder digits = new StringBuilder();
    TreeSet<Character> plain = new TreeSet<>();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '%') {
        digits.append(text, i + 1, Math.min(i + 3, text.length()));
        i += 2;
      } else if (!isLetterOrDigit(text.charAt(i))) {
        plain.add(text.charAt(i));
      }
    }
    boolean isPlusBlank = plain.contains('+') && Arrays.equals(read(outer, true), inner);
    StringBuilder set = new StringBuilder();
    plain.stream().filter(c -> c != '+' || !isPlusBlank).forEach(set::append);
    String rest =
        "."
            + (isPlusBlank ? "plus" : "")
            + "."
            + ByteLiterals.of(ByteLiterals.latin1(set.toString()));
    return List.of((digits.toString().matches("[^a-f]*") ? "upper" : "lower") + rest);
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  @Override
  public byte[] make(byte[] inner, String style) {
    String[] parts = style.split("\\.", -1);
    String plain = ByteLiterals.latin1(ByteLiterals.bytes(parts[2]));
    HexFormat hex = parts[0].equals("upper") ? HexFormat.of().withUpperCase() : HexFormat.of();
    StringBuilder text = new StringBuilder();
    for (byte b : inner) {
      char c = (char) (b & 0xff);
      if (c == ' ' && parts[1].equals("plus")) {
        text.append('+');
      } else if (isLetterOrDigit(c) || plain.indexOf(c) >= 0) {
        text.append(c);
      } else {
        text.append('%').append(hex.toHexDigits(b));
      }
    }
    return ByteLiterals.latin1(text.toString());
  }
}
