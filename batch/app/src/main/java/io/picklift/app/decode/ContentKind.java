package io.picklift.app.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.picklift.app.encoding.format.ByteLiterals;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A kind of content that is no pickle, such as HTML or a JPEG image.
 *
 * @param reason the word of the refusal
 * @param name for people, with its article
 * @param advice what to try
 */
record ContentKind(String reason, String name, String advice) {
  static final String NOT_A_PICKLE = "not-a-pickle";
  static final String PLAIN_TEXT = "plain-text";
  static final String JSON = "json";

  private static final String LEAVE_OUT = "leave such rows out by source.where";

  private static final ContentKind TEXT =
      new ContentKind(PLAIN_TEXT, "plain text", "if it is no damage, " + LEAVE_OUT);

  private record Signature(byte[] bytes, String name) {
    Signature(String text, String name) {
      this(ByteLiterals.latin1(text), name);
    }
  }

  private static final List<Signature> SIGNATURES =
      List.of(
          new Signature("\u0089PNG", "a PNG image"),
          new Signature("\u00ff\u00d8\u00ff", "a JPEG image"),
          new Signature("GIF8", "a GIF image"),
          new Signature("RIFF", "a RIFF file, such as a WebP image or a sound"),
          new Signature("%PDF", "a PDF"),
          new Signature("\u00ac\u00ed\0\5", "a serialized Java object"),
          new Signature("\4\b", "a marshalled Ruby object"),
          new Signature("\u0093NUMPY", "a NumPy array file"),
          new Signature("SQLite format 3", "an SQLite database"),
          new Signature("\u007fELF", "a program"),
          new Signature("gAAAAA", "a Fernet token, which is encrypted"),
          new Signature("-----BEGIN", "a PEM file"));

  private static final Pattern PHP = Pattern.compile("(?:[abdiosCOE]:[^\\n]{1,20}[:;{]|N;).*");

  static ContentKind of(byte[] bytes) {
    for (Signature signature : SIGNATURES) {
      if (ByteLiterals.startsWith(bytes, 0, signature.bytes())) {
        return new ContentKind(NOT_A_PICKLE, signature.name(), LEAVE_OUT);
      }
    }
    if (!isText(bytes)) {
      return new ContentKind(
          NOT_A_PICKLE,
          "binary data of no kind that is known",
          "if it has a header of its own, name its length: encoding: [\"prefix:N\"]; if it is"
              + " encrypted, only who has the key can read it");
    }
    String head = new String(bytes, 0, Math.min(bytes.length, 64), UTF_8).stripLeading();
    String lower = head.toLowerCase(Locale.ROOT);
    if (lower.startsWith("<")) {
      boolean isHtml = lower.startsWith("<!doctype html") || lower.startsWith("<html");
      return new ContentKind(NOT_A_PICKLE, isHtml ? "an HTML page" : "XML or HTML", LEAVE_OUT);
    }
    if (lower.startsWith("{") || lower.startsWith("[") || lower.startsWith("\"")) {
      return new ContentKind(JSON, "JSON", "encoding: auto takes whole JSON as data");
    }
    if (PHP.matcher(head.lines().findFirst().orElse("")).matches()) {
      return new ContentKind(NOT_A_PICKLE, "PHP's serialize()", LEAVE_OUT);
    }
    return TEXT;
  }

  /** UTF-8 without control characters; a character that is cut at the end does not count. */
  private static boolean isText(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && end > bytes.length - 4 && bytes[end - 1] < 0) {
      end--;
    }
    for (int i = 0; i < end; i++) {
      byte b = bytes[i];
      if (!ByteLiterals.isBlank(b) && ((b >= 0 && b < 0x20) || b == 0x7f)) {
        return false;
      }
    }
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, end));
      return end > 0;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
