package io.picklift.app.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.picklift.app.encoding.format.ByteLiterals;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
  private static final String ENCODING = "encoding";

  private static final String LEAVE_OUT = "leave such rows out by source.where";

  private static final String UTF_16 = "text in UTF-16, which has to be converted first";

  private static final int PROTO = 0x80;
  private static final int NEWEST = 5;
  private static final int MOST_PROTOCOL = 32;

  /**
   * What base64 of a pickle of protocol 2 to 5 looks like; within other base64, the same characters
   * come about by chance.
   */
  private static final Pattern BASE64 =
      Pattern.compile("(?<![A-Za-z0-9+/_-])gA[I-X][A-Za-z0-9+/_-]{9,}={0,2}");

  /** How far it is looked for. */
  private static final int MOST_SEARCHED = 1 << 16;

  private static final Pattern JWT = Pattern.compile("eyJ[\\w-]*\\.eyJ[\\w-]*\\.[\\w-]*");

  private static final Pattern OBJECT_REPR =
      Pattern.compile("<.* (?:object )?at 0x[0-9a-fA-F]+>.*", Pattern.DOTALL);

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
          new Signature("\u0089HDF", "an HDF5 file"),
          new Signature("bplist0", "a property list of Apple's"),
          new Signature("\u00ff\u00fe", UTF_16),
          new Signature("\u00fe\u00ff", UTF_16),
          new Signature("gAAAAA", "a Fernet token, which is encrypted"),
          new Signature("=ybegin ", "data in yEnc"),
          new Signature("begin 6", "uuencoded data, and no pickle within"),
          new Signature("-----BEGIN", "a PEM file"));

  private static final Pattern PHP = Pattern.compile("(?:[abdiosCOE]:[^\\n]{1,20}[:;{]|N;).*");

  static ContentKind of(byte[] bytes) {
    ContentKind within = within(bytes);
    if (within != null) {
      return within;
    }
    for (Signature signature : SIGNATURES) {
      if (ByteLiterals.startsWith(bytes, 0, signature.bytes())) {
        return new ContentKind(NOT_A_PICKLE, signature.name(), LEAVE_OUT);
      }
    }
    if (bytes.length > 2
        && (bytes[0] & 0xff) == PROTO
        && bytes[1] > NEWEST
        && bytes[1] < MOST_PROTOCOL) {
      return new ContentKind(
          NOT_A_PICKLE, "a pickle of protocol " + bytes[1] + ", which no Python has", LEAVE_OUT);
    }
    if (isUtf16(bytes)) {
      return new ContentKind(NOT_A_PICKLE, UTF_16, "convert the column, or " + LEAVE_OUT);
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
    if (OBJECT_REPR.matcher(head).matches()) {
      return new ContentKind(
          NOT_A_PICKLE, "Python's repr() of an object, which holds nothing of it", LEAVE_OUT);
    }
    if (JWT.matcher(head).lookingAt()) {
      return new ContentKind(NOT_A_PICKLE, "a JSON Web Token", LEAVE_OUT);
    }
    if (lower.startsWith("{'") || lower.startsWith("['") || lower.startsWith("[{'")) {
      return new ContentKind(NOT_A_PICKLE, "Python's repr() of a dict or list", LEAVE_OUT);
    }
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

  /** A pickle in base64 with something around it that no encoding is known for. */
  private static @Nullable ContentKind within(byte[] bytes) {
    String text = new String(bytes, 0, Math.min(bytes.length, MOST_SEARCHED), ISO_8859_1);
    Matcher base64 = BASE64.matcher(text);
    if (!base64.find()) {
      return null;
    }
    return new ContentKind(
        ENCODING,
        "a pickle in base64 with something around it, from byte " + base64.start() + " on",
        base64.end() == bytes.length
            ? "name how much is before it: encoding: [\"prefix:" + base64.start() + "\", base64]"
            : "take away what is around it, or " + LEAVE_OUT);
  }

  /** Characters of ASCII with a zero beside each. */
  private static boolean isUtf16(byte[] bytes) {
    int zeros = 0;
    int shown = Math.min(bytes.length, 64) & ~1;
    for (int i = 0; i < shown; i += 2) {
      zeros += (bytes[i] == 0) == (bytes[i + 1] == 0) ? 0 : 1;
    }
    boolean isLittle = shown > 1 && bytes[1] == 0;
    for (int i = 0; i < shown; i += 2) {
      byte c = bytes[isLittle ? i : i + 1];
      if ((c & 0xff) < ' ' && !ByteLiterals.isBlank(c)) {
        return false;
      }
    }
    return shown >= 16 && zeros == shown / 2;
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
