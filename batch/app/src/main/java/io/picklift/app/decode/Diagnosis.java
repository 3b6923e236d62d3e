package io.picklift.app.decode;

import io.picklift.app.encoding.Unpacked;
import io.picklift.app.encoding.Unpacker;
import io.picklift.app.encoding.format.Encoding;
import io.picklift.app.encoding.format.EncodingException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Explains why a value holds no pickle: which encodings were undone, how the remaining bytes begin,
 * what they look like, and what to try.
 */
final class Diagnosis {
  /** Enough to know a format by, and too little to read a save. */
  private static final int MOST_SHOWN = 16;

  private final Unpacker unpacker;
  private final @Nullable List<Encoding> configured;

  /**
   * @param configured the encodings that the configuration names; null where the content tells
   */
  Diagnosis(Unpacker unpacker, @Nullable List<Encoding> configured) {
    this.unpacker = unpacker;
    this.configured = configured;
  }

  /** Of a value in which no pickle was found. */
  Refusal none(byte[] blob, Unpacked unpacked) {
    Refusal other = otherwise(blob);
    if (other != null) {
      return other;
    }
    ContentKind kind = ContentKind.of(unpacked.pickle());
    String message =
        (unpacked.layers().isEmpty() ? "" : "without " + unpacked.label() + ": ")
            + begins(unpacked.pickle())
            + "; it looks like "
            + kind.name()
            + "; "
            + kind.advice();
    return Refusal.plain(kind.reason(), kind.reason().replace('-', '_'), message);
  }

  /** Of a value whose encoding cannot be undone. */
  Refusal undone(byte[] blob, EncodingException e) {
    Refusal other = e.isLimit() ? null : otherwise(blob);
    Refusal refusal = other == null ? Refusal.of(e) : other;
    return refusal.reason().equals("encoding")
        ? Refusal.plain("encoding", e.code(), e.getMessage() + "; " + begins(blob))
        : refusal;
  }

  /** Where the configuration names encodings: what the content would have told. */
  private @Nullable Refusal otherwise(byte[] blob) {
    if (configured == null) {
      return null;
    }
    try {
      Unpacked found = unpacker.auto(blob);
      if (found.labels().equals(configured.stream().map(Encoding::label).toList())) {
        return null;
      }
      boolean isJson = found.labels().contains(ContentKind.JSON);
      if (!isJson && !Unpacker.isPickle(found)) {
        return null;
      }
      return Refusal.plain(
          isJson ? ContentKind.JSON : "encoding",
          isJson ? ContentKind.JSON : "encoding_other",
          "it is not encoded as the configuration says; it looks like "
              + (found.layers().isEmpty() ? "a bare pickle" : name(found.labels()))
              + ": encoding: "
              + (found.layers().isEmpty() ? "none" : "[" + String.join(", ", found.labels()) + "]")
              + ", or auto for a mixture");
    } catch (EncodingException e) {
      // No better than what is told already.
      return null;
    }
  }

  private static String name(List<String> labels) {
    if (labels.get(0).equals("django-signed")) {
      return "a signed Django session";
    }
    if (labels.equals(List.of("base64", "prefix"))) {
      return "an older Django session";
    }
    return labels.equals(List.of(ContentKind.JSON))
        ? "JSON"
        : String.join("+", labels) + " around a pickle";
  }

  /** The first bytes: printable ASCII as it is, the others as escapes. */
  private static String begins(byte[] bytes) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < Math.min(MOST_SHOWN, bytes.length); i++) {
      int b = bytes[i] & 0xff;
      boolean isPlain = b >= 0x20 && b < 0x7f && b != '\\' && b != '"';
      shown.append(isPlain ? String.valueOf((char) b) : String.format(Locale.ROOT, "\\x%02x", b));
    }
    return String.format(Locale.ROOT, "%,d bytes that begin with \"%s\"", bytes.length, shown);
  }

  /** The same refusal, with what was peeled off before. */
  static Refusal inside(Refusal refusal, Unpacked unpacked) {
    return unpacked.layers().isEmpty()
        ? refusal
        : refusal.withMessage(refusal.message() + " (inside " + unpacked.label() + ")");
  }
}
