package io.picklift.app.encoding.text;

import io.picklift.app.encoding.format.ByteLiterals;
import io.picklift.app.encoding.format.Encoding;
import io.picklift.app.encoding.format.EncodingException;
import io.picklift.app.encoding.format.OutputBudget;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A header ahead of a value, as long as the configuration says: {@code prefix:40} is 40 bytes,
 * {@code prefix:/[0-9a-f]+:/} what the pattern matches, {@code prefix:$} all up to and with the
 * first {@code $}. A style is the header itself.
 */
public final class Prefix implements Encoding {
  /** The name, and what a configuration writes before the argument. */
  public static final String LABEL = "prefix";

  private final int length;
  private final @Nullable Pattern pattern;
  private final byte[] separator;

  private Prefix(int length, @Nullable Pattern pattern, byte[] separator) {
    this.length = length;
    this.pattern = pattern;
    this.separator = separator;
  }

  /**
   * By what the configuration writes behind the colon.
   *
   * @throws IllegalArgumentException where that is no argument; the message says why
   */
  public static Prefix of(String argument) {
    if (argument.isEmpty()) {
      throw new IllegalArgumentException("'prefix:' takes a length, a /pattern/ or a separator");
    }
    if (argument.matches("\\d{1,6}")) {
      return new Prefix(Integer.parseInt(argument), null, new byte[0]);
    }
    boolean isPattern = argument.length() > 2 && argument.startsWith("/") && argument.endsWith("/");
    if (isPattern) {
      // PatternSyntaxException is an IllegalArgumentException that says what is wrong.
      Pattern pattern = Pattern.compile(argument.substring(1, argument.length() - 1));
      return new Prefix(0, pattern, new byte[0]);
    }
    return new Prefix(0, null, ByteLiterals.latin1(argument));
  }

  @Override
  public String label() {
    return LABEL;
  }

  @Override
  public boolean detects(byte[] bytes) {
    int end = end(bytes);
    return end > 0 && end < bytes.length;
  }

  private int end(byte[] bytes) {
    if (pattern != null) {
      Matcher matcher = pattern.matcher(ByteLiterals.latin1(bytes));
      return matcher.lookingAt() ? matcher.end() : -1;
    }
    if (separator.length == 0) {
      return length;
    }
    for (int i = 0; i < bytes.length; i++) {
      if (ByteLiterals.startsWith(bytes, i, separator)) {
        return i + separator.length;
      }
    }
    return -1;
  }

  @Override
  public List<byte[]> undo(byte[] bytes, OutputBudget room) throws EncodingException {
    if (!detects(bytes)) {
      throw new EncodingException(EncodingException.DAMAGED, "no such prefix");
    }
    room.check(bytes.length);
    return List.of(Arrays.copyOfRange(bytes, end(bytes), bytes.length));
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    return Header.stylesOf(outer, inner);
  }

  @Override
  public byte[] make(byte[] inner, String style) {
    return ByteLiterals.join(ByteLiterals.bytes(style), inner);
  }

  @Override
  public boolean isSigned(String style) {
    return Header.isSignature(ByteLiterals.bytes(style));
  }
}
