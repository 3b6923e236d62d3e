package io.picklift.schema.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a save beside its graph.
 *
 * @param key its key in the source
 * @param order its place in the source's order, from 0
 * @param watermark when it was written, as the source tells it; null where it does not
 * @param encodings what was around the pickle, outermost first
 * @param storedBytes size in the source
 * @param pickleBytes size of the pickle
 */
public record SaveFacts(
    String key,
    long order,
    @Nullable String watermark,
    List<String> encodings,
    long storedBytes,
    long pickleBytes) {
  public SaveFacts {
    encodings = List.copyOf(encodings);
  }

  /** Whether it is the very save: two of the same facts are two saves. */
  @SuppressWarnings("ReferenceEquality")
  public boolean is(@Nullable SaveFacts other) {
    return this == other;
  }

  /** Whether this save was written, or comes, before the other. */
  public boolean isBefore(SaveFacts other) {
    if (watermark != null && other.watermark != null && !watermark.equals(other.watermark)) {
      return compare(watermark, other.watermark) < 0;
    }
    return order < other.order;
  }

  /** Whether the source tells which of the two was written first. */
  boolean isTold(SaveFacts other) {
    return (watermark != null && other.watermark != null) || (isNumber(key) && isNumber(other.key));
  }

  /** Numbers by value: of two without sign, as one column shows them, the longer is larger. */
  private static int compare(String a, String b) {
    return a.length() != b.length() && isNumber(a) && isNumber(b)
        ? Integer.compare(a.length(), b.length())
        : a.compareTo(b);
  }

  private static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && c != '.') {
        return false;
      }
    }
    return true;
  }
}
