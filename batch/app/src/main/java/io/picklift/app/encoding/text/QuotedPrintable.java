package io.picklift.app.encoding.text;

import io.picklift.app.encoding.format.ByteLiterals;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * quoted-printable (RFC 2045): {@code =80=04q}, long lines broken by an equals sign at their end. A
 * style is the case of the digits, the end of a broken line, and which characters stand for
 * themselves.
 */
final class QuotedPrintable extends TextEncoding {
  private static final int SHORTEST = 6;

  /** The longest line, with the sign that breaks it. */
  private static final int LINE = 76;

  QuotedPrintable() {
    super("quoted-printable");
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
      if (b == '=') {
        isAny = true;
        if (!isByte(bytes, i) && lineEnd(bytes, i + 1) == 0) {
          return false;
        }
      } else if (b == 0x7f || (b < ' ' && !ByteLiterals.isBlank(b))) {
        return false;
      }
    }
    return isAny && bytes.length >= SHORTEST;
  }

  private static boolean isByte(byte[] text, int at) {
    return at + 2 < text.length
        && HexFormat.isHexDigit(text[at + 1])
        && HexFormat.isHexDigit(text[at + 2]);
  }

  /** How long the line end is that is there; 0 for none. */
  private static int lineEnd(byte[] text, int at) {
    if (at < text.length && text[at] == '\n') {
      return 1;
    }
    return at + 1 < text.length && text[at] == '\r' && text[at + 1] == '\n' ? 2 : 0;
  }

  @Override
  byte @Nullable [] read(byte[] text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length);
    for (int i = 0; i < text.length; i++) {
      if (text[i] != '=') {
        out.write(text[i]);
      } else if (isByte(text, i)) {
        out.write(HexFormat.fromHexDigit(text[i + 1]) * 16 + HexFormat.fromHexDigit(text[i + 2]));
        i += 2;
      } else {
        i += lineEnd(text, i + 1);
      }
    }
    return out.toByteArray();
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    boolean isLower = false;
    String broken = "";
    TreeSet<Character> plain = new TreeSet<>();
    for (int i = 0; i < outer.length; i++) {
      char c = (char) (outer[i] & 0xff);
      if (c == '=' && isByte(outer, i)) {
        isLower |= outer[i + 1] >= 'a' || outer[i + 2] >= 'a';
        i += 2;
      } else if (c == '=') {
        int length = lineEnd(outer, i + 1);
        broken = length == 2 ? "\r\n" : "\n";
        i += length;
      } else if (!Character.isLetterOrDigit(c)) {
        plain.add(c);
      }
    }
    StringBuilder set = new StringBuilder();
    plain.forEach(set::append);
    return List.of(
        (isLower ? "lower." : "upper.") + literal(broken) + "." + literal(set.toString()));
  }

  private static String literal(String text) {
    return ByteLiterals.of(ByteLiterals.latin1(text));
  }

  private static String plain(String literal) {
    return ByteLiterals.latin1(ByteLiterals.bytes(literal));
  }

  @Override
  public byte[] make(byte[] inner, String style) {
    String[] parts = style.split("\\.", -1);
    HexFormat hex = parts[0].equals("upper") ? HexFormat.of().withUpperCase() : HexFormat.of();
    String broken = plain(parts[1]);
    String plain = plain(parts[2]);
    StringBuilder text = new StringBuilder();
    int column = 0;
    for (int i = 0; i < inner.length; i++) {
      char c = (char) (inner[i] & 0xff);
      boolean isPlain =
          (c < 0x7f && Character.isLetterOrDigit(c))
              || (plain.indexOf(c) >= 0 && !isQuotedHere(inner, i, column));
      boolean isLineEnd = isPlain && (c == '\n' || c == '\r');
      String written = isPlain ? String.valueOf(c) : "=" + hex.toHexDigits(inner[i]);
      boolean isLast = isPlain && (i + 1 == inner.length || lineEnd(inner, i + 1) > 0);
      if (!broken.isEmpty() && !isLineEnd && !isLast && column + written.length() >= LINE) {
        text.append('=').append(broken);
        column = 0;
      }
      text.append(written);
      column = isLineEnd ? 0 : column + written.length();
    }
    return ByteLiterals.latin1(text.toString());
  }

  /** A blank at the end of a line is lost in transfers, a dot alone on a line ends a mail. */
  private static boolean isQuotedHere(byte[] inner, int at, int column) {
    boolean isBlank = inner[at] == ' ' || inner[at] == '\t';
    boolean isDot = inner[at] == '.' && column == 0;
    return (isBlank || isDot) && (at + 1 == inner.length || lineEnd(inner, at + 1) > 0);
  }
}
