package io.picklift.app.companion;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** Whether a text is JSON that both servers take. */
final class JsonText {
  /** MariaDB stops at 32. */
  private static final int MOST_DEPTH = 31;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MOST_DEPTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

  private JsonText() {}

  static boolean isDocument(String text) {
    try (JsonParser json = FACTORY.createParser(text)) {
      if (json.nextToken() == null) {
        return false;
      }
      int depth = 0;
      do {
        JsonToken token = json.currentToken();
        depth += token.isStructStart() ? 1 : 0;
        depth -= token.isStructEnd() ? 1 : 0;
        boolean isText = token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME;
        if (isText && hasLoneSurrogate(json.getText())) {
          return false;
        }
        if (token.isNumeric() && Double.isInfinite(json.getDoubleValue())) {
          return false;
        }
      } while (depth > 0 && json.nextToken() != null);
      return json.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether two documents say the same; whole numbers and fractions of one value are the same. */
  static boolean isSame(String left, String right) {
    try {
      return MAPPER
          .readTree(left)
          .equals(
              (JsonNode one, JsonNode other) ->
                  one.isNumber() && other.isNumber()
                      ? Double.compare(one.doubleValue(), other.doubleValue())
                      : one.equals(other) ? 0 : 1,
              MAPPER.readTree(right));
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean hasLoneSurrogate(String text) {
    return text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
