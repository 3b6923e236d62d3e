package io.picklift.app.encoding.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads and writes JSON as Python's {@code json} does. */
final class JsonText {
  /** As many as an integer of a pickle may have as text. */
  private static final int MOST_DIGITS = 100_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(MOST_DIGITS)
                  .build())
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private JsonText() {}

  static JsonParser parser(byte[] bytes) throws IOException {
    return FACTORY.createParser(bytes);
  }

  /** Whether the first byte that is no blank may begin a JSON document. */
  static boolean mayBegin(byte[] bytes) {
    for (byte b : bytes) {
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return "{[\"-0123456789tfnNI".indexOf((char) b) >= 0;
      }
    }
    return false;
  }

  /** What all of the bytes are, where they are one JSON string; null otherwise. */
  static @Nullable String string(byte[] bytes) {
    try (JsonParser parser = parser(bytes)) {
      if (parser.nextToken() != JsonToken.VALUE_STRING) {
        return null;
      }
      String text = parser.getText();
      return parser.nextToken() == null ? text : null;
    } catch (IOException | RuntimeException e) {
      // Whatever is wrong, it is no JSON.
      return null;
    }
  }

  /** A text's bytes: those of its characters where all are below 256, else UTF-8. */
  static byte[] bytes(String text) {
    boolean isLatin1 = text.chars().allMatch(c -> c < 256);
    return text.getBytes(isLatin1 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
  }

  /** A JSON string. */
  static void quote(String text, boolean isAscii, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int simple = "\"\\\n\r\t\b\f".indexOf(c);
      if (simple >= 0) {
        out.append('\\').append("\"\\nrtbf".charAt(simple));
      } else if (c < 0x20 || (isAscii && c >= 0x7f)) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          out.append(Character.forDigit(c >> shift & 15, 16));
        }
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
