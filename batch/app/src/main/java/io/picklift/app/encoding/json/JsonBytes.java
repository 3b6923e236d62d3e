package io.picklift.app.encoding.json;

import io.picklift.app.encoding.format.ByteLiterals;
import io.picklift.app.encoding.format.Encoding;
import io.picklift.app.encoding.format.EncodingException;
import io.picklift.app.encoding.format.OutputBudget;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Bytes as a JSON list of their numbers, bare or in an object with other members, such as {@code
 * {"type": "Buffer", "data": [128, 4, ...]}} of Node.js. A style is what is before and behind the
 * list, and what stands between two numbers.
 */
final class JsonBytes implements Encoding {
  private static final Pattern LIST =
      Pattern.compile("\\[\\s*(128\\s*,\\s*[2-5]|\\d{1,3})(\\s*,\\s*)\\d{1,3}(?=\\s*[,\\]])");

  /** Shorter lists are numbers. */
  private static final int SHORTEST = 8;

  private static final int FARTHEST = 256;

  private static final int PROTO = 0x80;

  private record Bytes(byte[] bytes, String before, String between, String behind) {
    String style() {
      return literal(before) + "." + literal(between) + "." + literal(behind);
    }
  }

  @Override
  public String label() {
    return "json-bytes";
  }

  @Override
  public boolean detects(byte[] bytes) {
    return bytes.length > 2 * SHORTEST && (bytes[0] == '{' || bytes[0] == '[');
  }

  private static String literal(String text) {
    return ByteLiterals.of(ByteLiterals.latin1(text));
  }

  private static @Nullable Bytes parse(byte[] json) {
    String text = ByteLiterals.latin1(json);
    Matcher list = LIST.matcher(text);
    list.region(0, Math.min(text.length(), FARTHEST));
    if (!list.find()) {
      return null;
    }
    String between = list.group(2);
    int start = list.start(1);
    int end = text.indexOf(']', start);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = start;
    while (end > 0 && at < end) {
      int next = text.indexOf(between, at);
      next = next < 0 || next > end ? end : next;
      String number = text.substring(at, next).strip();
      if (!number.matches("\\d{1,3}") || Integer.parseInt(number) > 255) {
        return null;
      }
      out.write(Integer.parseInt(number));
      at = next == end ? end : next + between.length();
    }
    if (out.size() < SHORTEST) {
      return null;
    }
    int last = end;
    while (Character.isWhitespace(text.charAt(last - 1))) {
      last--;
    }
    return new Bytes(out.toByteArray(), text.substring(0, start), between, text.substring(last));
  }

  @Override
  public List<byte[]> undo(byte[] bytes, OutputBudget room) throws EncodingException {
    room.check(bytes.length);
    Bytes read = parse(bytes);
    // Numbers are data; those of a pickle of protocol 2 or later begin as no others do.
    return read == null || (read.bytes()[0] & 0xff) != PROTO ? List.of() : List.of(read.bytes());
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    Bytes read = parse(outer);
    return read == null ? List.of() : List.of(read.style());
  }

  @Override
  public byte[] make(byte[] inner, String style) {
    String[] parts = style.split("\\.", -1);
    String between = ByteLiterals.latin1(ByteLiterals.bytes(parts[1]));
    StringBuilder text = new StringBuilder(inner.length * 5);
    for (int i = 0; i < inner.length; i++) {
      text.append(i == 0 ? "" : between).append(inner[i] & 0xff);
    }
    return ByteLiterals.join(
        ByteLiterals.bytes(parts[0]),
        ByteLiterals.latin1(text.toString()),
        ByteLiterals.bytes(parts[2]));
  }
}
