package io.picklift.app.encoding.text;

import io.picklift.app.encoding.format.ByteLiterals;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** A value as it is, with something before and behind it. A style is both of these. */
abstract class Surrounded extends TextEncoding {
  Surrounded(String label) {
    super(label);
  }

  /**
   * Where the value is.
   *
   * @param end behind its last byte
   */
  record Span(int start, int end) {
    /** What a pattern's second group found in the characters of {@link ByteLiterals#latin1}. */
    static Span of(Matcher matcher) {
      return new Span(matcher.start(2), matcher.end(2));
    }
  }

  /** Finds the value; null where there is none. */
  abstract @Nullable Span find(byte[] bytes);

  @Override
  final byte @Nullable [] read(byte[] text) {
    Span span = find(text);
    return span == null ? null : Arrays.copyOfRange(text, span.start(), span.end());
  }

  @Override
  public final List<String> styles(byte[] outer, byte[] inner) {
    Span span = find(outer);
    return span == null
        ? List.of()
        : List.of(
            ByteLiterals.of(Arrays.copyOf(outer, span.start()))
                + "."
                + ByteLiterals.of(Arrays.copyOfRange(outer, span.end(), outer.length)));
  }

  @Override
  public final byte[] make(byte[] inner, String style) {
    int dot = style.indexOf('.');
    return ByteLiterals.join(
        ByteLiterals.bytes(style.substring(0, dot)),
        inner,
        ByteLiterals.bytes(style.substring(dot + 1)));
  }
}
