package io.picklift.app.encoding.text;

import io.picklift.app.encoding.format.ByteLiterals;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Python's {@code repr()} of bytes, {@code b'...'}, stored in place of the bytes; also of a string
 * of Python 2, and of a bytearray. A style is what is before the quote.
 */
final class ReprText extends TextEncoding {
  private static final List<String> LEADS = List.of("b", "B", "u", "", "bytearray(b");

  /** Behind the style of a bytearray, which has each apostrophe escaped. */
  private static final String APOSTROPHES = ".a";

  ReprText() {
    super("repr");
  }

  private static String lead(String text) {
    for (String lead : LEADS) {
      if (text.startsWith(lead + "'") || text.startsWith(lead + "\"")) {
        return lead;
      }
    }
    return "none";
  }

  private static String tail(String lead) {
    return lead.endsWith("(b") ? ")" : "";
  }

  @Override
  public boolean detects(byte[] bytes) {
    String text = ByteLiterals.latin1(java.util.Arrays.copyOf(bytes, Math.min(bytes.length, 12)));
    String lead = lead(text);
    int end = bytes.length - tail(lead).length() - 1;
    return !lead.equals("none")
        && end > lead.length()
        && bytes[end] == bytes[lead.length()]
        && (tail(lead).isEmpty() || bytes[bytes.length - 1] == ')')
        && !(lead.isEmpty() && isQuoted(bytes))
        && ByteLiterals.isAsciiText(bytes);
  }

  /**
   * Whether a repr of bytes is between the quotes: that is text in quotes, with escapes of its own.
   */
  private static boolean isQuoted(byte[] bytes) {
    int last = bytes.length - 2;
    return last > 3
        && bytes[1] == 'b'
        && (bytes[2] == '\'' || bytes[2] == '"')
        && bytes[last] == bytes[2];
  }

  @Override
  byte @Nullable [] read(byte[] text) {
    String lead = lead(ByteLiterals.latin1(text));
    byte quote = text[lead.length()];
    int from = lead.length() + 1;
    int to = text.length - tail(lead).length() - 1;
    for (int i = from; i < to; i++) {
      if (text[i] == '\\') {
        i++;
      } else if (text[i] == quote) {
        return null;
      }
    }
    return Escapes.PYTHON.read(text, from, to);
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    String lead = ByteLiterals.of(ByteLiterals.latin1(lead(ByteLiterals.latin1(outer))));
    return List.of(lead, lead + APOSTROPHES);
  }

  @Override
  public byte[] make(byte[] inner, String style) {
    boolean isEscaped = style.endsWith(APOSTROPHES);
    String literal = isEscaped ? style.substring(0, style.length() - 2) : style;
    String lead = ByteLiterals.latin1(ByteLiterals.bytes(literal));
    // As Python chooses.
    boolean hasSingle = ByteLiterals.latin1(inner).indexOf('\'') >= 0;
    char quote = hasSingle && ByteLiterals.latin1(inner).indexOf('"') < 0 ? '"' : '\'';
    ByteArrayOutputStream out = new ByteArrayOutputStream(inner.length * 2);
    out.writeBytes(ByteLiterals.latin1(lead + quote));
    for (byte b : inner) {
      if (b == quote || (isEscaped && b == '\'')) {
        out.write('\\');
        out.write(b);
      } else {
        Escapes.PYTHON.write(b & 0xff, out);
      }
    }
    out.writeBytes(ByteLiterals.latin1(quote + tail(lead)));
    return out.toByteArray();
  }
}
