package io.picklift.app.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The key of a source row.
 *
 * @param parts the value of each key column, as text; bytes in hex
 */
public record SaveKey(List<String> parts) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public SaveKey {
    parts = List.copyOf(parts);
  }

  /**
   * The key as ledger, reports and command lines have it: the value, or a JSON array of several.
   */
  public String text() {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    try {
      return JSON.writeValueAsString(parts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What {@link #text} gave, for a key of {@code columns} columns. */
  public static SaveKey parse(String text, int columns) {
    if (columns == 1) {
      return new SaveKey(List.of(text));
    }
    try {
      return new SaveKey(Arrays.asList(JSON.readValue(text, String[].class)));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "not a key of " + columns + " columns, which is a JSON list like [\"7\", \"2\"]: " + text,
          e);
    }
  }

  /** What {@link #text} gave, for a source; null where it cannot be a key of it. */
  public static @Nullable SaveKey of(String text, SaveSource source) {
    try {
      SaveKey key = parse(text, source.keyColumns());
      return source.isKey(key) ? key : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** SHA-256 of {@link #text}. */
  public byte[] sha256() {
    return Sha256.of(text().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return text();
  }
}
