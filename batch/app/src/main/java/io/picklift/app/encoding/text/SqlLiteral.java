package io.picklift.app.encoding.text;

import io.picklift.app.encoding.format.ByteLiterals;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a dump or a tool writes around a value in SQL: {@code _binary '...'}, {@code _binary 0x...},
 * {@code UNHEX('...')}, {@code FROM_BASE64('...')}, {@code '...'}. What is in it is an encoding of
 * its own. A style is what is before and behind.
 */
final class SqlLiteral extends TextEncoding {
  private static final Pattern CALL =
      Pattern.compile(
          "(?is)((?:_[a-z0-9]+\\s*|(?:unhex|from_base64)\\s*\\(\\s*)?')(.+)('(?:\\s*\\))?;?\\s*)");

  private static final Pattern INTRODUCED =
      Pattern.compile("(?is)(_[a-z0-9]+\\s+)(0x[0-9a-f]+|x'[0-9a-f]+')(\\s*)");

  private static final int LONGEST_TAIL = 8;

  SqlLiteral() {
    super("sql-literal");
  }

  @Override
  public boolean detects(byte[] bytes) {
    if (bytes.length < LONGEST_TAIL || "_'uUfF".indexOf((char) bytes[0]) < 0) {
      return false;
    }
    for (int i = bytes.length - 1; i >= bytes.length - LONGEST_TAIL; i--) {
      if (bytes[i] == '\'') {
        return true;
      }
    }
    return bytes[0] == '_';
  }

  private static @Nullable Matcher match(byte[] bytes) {
    String text = ByteLiterals.latin1(bytes);
    Matcher introduced = INTRODUCED.matcher(text);
    if (introduced.matches()) {
      return introduced;
    }
    Matcher call = CALL.matcher(text);
    return call.matches() ? call : null;
  }

  @Override
  byte @Nullable [] read(byte[] text) {
    Matcher matcher = match(text);
    return matcher == null ? null : ByteLiterals.latin1(matcher.group(2));
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    Matcher matcher = match(outer);
    return matcher == null
        ? List.of()
        : List.of(literal(matcher.group(1)) + "." + literal(matcher.group(3)));
  }

  private static String literal(String text) {
    return ByteLiterals.of(ByteLiterals.latin1(text));
  }

  @Override
  public byte[] make(byte[] inner, String style) {
    int dot = style.indexOf('.');
    return ByteLiterals.join(
        ByteLiterals.bytes(style.substring(0, dot)),
        inner,
        ByteLiterals.bytes(style.substring(dot + 1)));
  }
}
