package io.picklift.app.encoding.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.picklift.app.encoding.format.ByteLiterals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * How a JSON text is laid out.
 *
 * @param comma what stands between members, where they are on one line
 * @param colon what stands between name and value
 * @param indent the blanks of one level; negative for one line
 * @param isAscii whether other characters are escaped
 * @param tail what stands behind the document
 */
record JsonLayout(String comma, String colon, int indent, boolean isAscii, String tail) {

  /** How a text may be laid out: as {@code json.dumps} does by itself, compact, or indented. */
  static List<JsonLayout> candidates(String text) {
    String body = text.stripTrailing();
    String tail = text.substring(body.length());
    boolean isAscii = text.chars().allMatch(c -> c < 0x80);
    List<JsonLayout> all = new ArrayList<>();
    int line = body.indexOf('\n');
    if (line >= 0) {
      int indent = line + 1;
      while (indent < body.length() && body.charAt(indent) == ' ') {
        indent++;
      }
      all.add(new JsonLayout(",", ": ", indent - line - 1, isAscii, tail));
    }
    all.add(new JsonLayout(", ", ": ", -1, isAscii, tail));
    all.add(new JsonLayout(",", ":", -1, isAscii, tail));
    return all;
  }

  String text() {
    return ByteLiterals.of(ByteLiterals.latin1(comma))
        + "."
        + ByteLiterals.of(ByteLiterals.latin1(colon))
        + "."
        + indent
        + "."
        + (isAscii ? "ascii" : "utf8")
        + "."
        + ByteLiterals.of(ByteLiterals.latin1(tail));
  }

  static JsonLayout parse(String text) {
    String[] parts = text.split("\\.", -1);
    return new JsonLayout(
        ByteLiterals.latin1(ByteLiterals.bytes(parts[0])),
        ByteLiterals.latin1(ByteLiterals.bytes(parts[1])),
        Integer.parseInt(parts[2]),
        parts[3].equals("ascii"),
        ByteLiterals.latin1(ByteLiterals.bytes(parts[4])));
  }

  /**
   * Lays out a document of {@link io.picklift.codec.json.JsonWriter}.
   *
   * @throws IOException where a value is none that JSON has: an object whose only member begins
   *     with a dollar sign stands for it
   */
  byte[] write(byte[] json) throws IOException {
    StringBuilder out = new StringBuilder(json.length + json.length / 8);
    Deque<int[]> counts = new ArrayDeque<>();
    boolean isAfterName = false;
    try (JsonParser parser = JsonText.parser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isStructEnd()) {
          int count = counts.remove()[0];
          if (count > 0) {
            breakLine(out, counts.size());
          }
          out.append(token.asString());
          continue;
        }
        int[] count = counts.peek();
        if (count != null && !isAfterName) {
          out.append(count[0]++ > 0 ? comma : "");
          breakLine(out, counts.size());
        }
        isAfterName = token == JsonToken.FIELD_NAME;
        if (isAfterName) {
          String name = parser.currentName();
          if (name.startsWith("$")) {
            throw new IOException("the value is none that JSON has");
          }
          JsonText.quote(name, isAscii, out);
          out.append(colon);
        } else if (token == JsonToken.VALUE_STRING) {
          JsonText.quote(parser.getText(), isAscii, out);
        } else {
          out.append(token.isStructStart() ? token.asString() : parser.getText());
          if (token.isStructStart()) {
            counts.push(new int[1]);
          }
        }
      }
    }
    return (out + tail).getBytes(StandardCharsets.UTF_8);
  }

  private void breakLine(StringBuilder out, int level) {
    if (indent >= 0) {
      out.append('\n').append(" ".repeat(indent * level));
    }
  }
}
