package io.picklift.app.encoding.text;

import io.picklift.app.encoding.format.ByteLiterals;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a dump or a tool writes around a value in SQL: {@code _binary '...'}, {@code _binary 0x...},
 * {@code UNHEX('...')}, {@code FROM_BASE64('...')}, {@code '...'}. What is in it is an encoding of
 * its own.
 */
final class SqlLiteral extends Surrounded {
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

  @Override
  @Nullable Span find(byte[] bytes) {
    String text = ByteLiterals.latin1(bytes);
    Matcher introduced = INTRODUCED.matcher(text);
    if (introduced.matches()) {
      return Span.of(introduced);
    }
    Matcher call = CALL.matcher(text);
    return call.matches() ? Span.of(call) : null;
  }
}
