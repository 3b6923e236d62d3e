package io.picklift.app.encoding.text;

import io.picklift.app.encoding.format.ByteLiterals;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text with a signature behind it: {@code value:timestamp:signature} of {@code
 * django.core.signing}, whose value begins with a dot where it is compressed; the same with dots,
 * of itsdangerous; {@code value--digest} and {@code value|digest}. Read without the key.
 */
final class Signed extends Surrounded {
  private static final Pattern DJANGO =
      Pattern.compile("(?s)(\\.?)([^:]{4,})((?::[A-Za-z0-9]{1,8})?:[A-Za-z0-9_-]{22,86})");

  private static final Pattern OTHER =
      Pattern.compile(
          "(?s)(\\.?)([A-Za-z0-9+/_=%-]{4,}?)"
              + "((?:\\.[A-Za-z0-9_-]{4,12})?\\.[A-Za-z0-9_-]{22,86}"
              + "|(?:\\|[0-9]{1,12})?(?:--|\\||!)[0-9a-fA-F]{32,128}"
              + "|(?:--|\\||!)[A-Za-z0-9+/_-]{22,86}={0,2})");

  /** Behind that a value is no signed text, whose value has its alphabet throughout. */
  private static final int LONGEST_TAIL = 160;

  private final Pattern pattern;

  private Signed(String label, Pattern pattern) {
    super(label);
    this.pattern = pattern;
  }

  static Signed django() {
    return new Signed("django-signed", DJANGO);
  }

  static Signed other() {
    return new Signed("signed", OTHER);
  }

  @Override
  @Nullable Span find(byte[] bytes) {
    if (!hasSeparator(bytes)) {
      return null;
    }
    Matcher matcher = pattern.matcher(ByteLiterals.latin1(bytes));
    return matcher.matches() ? Span.of(matcher) : null;
  }

  private static boolean hasSeparator(byte[] bytes) {
    for (int i = bytes.length - 1; i >= Math.max(0, bytes.length - LONGEST_TAIL); i--) {
      byte b = bytes[i];
      if (b < 0x20 || b == 0x7f) {
        return false;
      }
      if (b == ':'
          || b == '.'
          || b == '|'
          || b == '!'
          || (b == '-' && i > 0 && bytes[i - 1] == b)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean detects(byte[] bytes) {
    return find(bytes) != null;
  }

  @Override
  public boolean isSigned(String style) {
    return true;
  }
}
