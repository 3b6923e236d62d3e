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
  static final String ENCODING = "encoding";

  static final String LEAVE_OUT = "leave such rows out by source.where";

  static final String UNKNOWN = "binary data of no kind that is known";

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
          new Signature("7z\u00bc\u00af'", "a 7z archive"),
          new Signature("Rar!\u001a", "a RAR archive"),
          new Signature("\u001f\u009d", "data of Unix compress"),
          new Signature("\u0089LZO", "data of lzop"),
          new Signature("Salted__", "data that openssl encrypted"),
          new Signature("age-encryption.org", "data that age encrypted"),
          new Signature("$ANSIBLE_VAULT", "an Ansible vault, which is encrypted"),
          new Signature("-----BEGIN PGP", "a PGP message, which is encrypted or signed"),
          new Signature("Obj\1", "an Avro file"),
          new Signature("PAR1", "a Parquet file"),
          new Signature("ARROW1", "an Arrow file"),
          new Signature("FEA1", "a Feather file"),
          new Signature("pst0", "data of Perl's Storable"),
          new Signature("\u0083t\0\0", "an Erlang term"),
          new Signature("\u0083h", "an Erlang term"),
          new Signature("\0\1\0\0\0\u00ff\u00ff\u00ff\u00ff", "a serialized .NET object"),
          new Signature("\u00ff\1", "ASP.NET's view state"),
          new Signature("\u00ca\u00fe\u00ba\u00be", "a Java class"),
          new Signature("II*\0", "a TIFF image"),
          new Signature("MM\0*", "a TIFF image"),
          new Signature("OggS", "an Ogg file"),
          new Signature("ID3", "an MP3 file"),
          new Signature("{\\rtf", "an RTF document"),
          new Signature("\u00d0\u00cf\u0011\u00e0", "an old Office document"),
          new Signature("\u00ff\u00fe", UTF_16),
          new Signature("\u00fe\u00ff", UTF_16),
          new Signature("gAAAAA", "a Fernet token, which is encrypted"),
          new Signature("=ybegin ", "data in yEnc"),
          new Signature("begin 6", "uuencoded data, and no pickle within"),
          new Signature("-----BEGIN", "a PEM file"));

  /** A document that begins as one of JSON does, and not as some text in brackets. */
  private static final Pattern MAYBE_JSON =
      Pattern.compile("(?:\\{\\s*[\"}]|\\[\\s*(?:[\\[{\"\\-\\d\\]]|true|false|null|NaN|Inf)|\").*");

  static ContentKind of(byte[] bytes) {
    ContentKind within = within(bytes);
    if (within != null) {
      return within;
    }
    ContentKind signed = bySignature(bytes);
    if (signed != null) {
      return signed;
    }
    String head = new String(bytes, 0, Math.min(bytes.length, 64), UTF_8).stripLeading();
    String markup = markup(head);
    if (markup != null) {
      return new ContentKind(NOT_A_PICKLE, markup, LEAVE_OUT);
    }
    if (!isText(bytes)) {
      return binary(bytes);
    }
    TextKind text = TextKind.of(bytes, head);
    if (text != null) {
      return new ContentKind(NOT_A_PICKLE, text.name(), text.advice());
    }
    if (MAYBE_JSON.matcher(head).lookingAt()) {
      return new ContentKind(JSON, "JSON", "encoding: auto takes whole JSON as data");
    }
    ContentKind inText = TextAround.of(bytes);
    return inText == null ? TEXT : inText;
  }

  private static @Nullable String markup(String head) {
    String lower = head.toLowerCase(Locale.ROOT);
    if (!lower.startsWith("<") || OBJECT_REPR.matcher(head).matches()) {
      return null;
    }
    boolean isHtml = lower.startsWith("<!doctype html") || lower.startsWith("<html");
    return isHtml ? "an HTML page" : lower.matches("(?s)<[?!/a-z_].*") ? "XML or HTML" : null;
  }

  private static ContentKind binary(byte[] bytes) {
    String name = BinaryKind.of(bytes);
    return name == null
        ? new ContentKind(
            NOT_A_PICKLE,
            UNKNOWN,
            "if it has a header of its own, name its length: encoding: [\"prefix:N\"]; if it is"
                + " encrypted, only who has the key can read it")
        : new ContentKind(NOT_A_PICKLE, name, LEAVE_OUT);
  }

  private static @Nullable ContentKind bySignature(byte[] bytes) {
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
    if (BinaryKind.isTar(bytes)) {
      return new ContentKind(
          NOT_A_PICKLE,
          "a tar archive",
          "write it to a file and name that as source: files: (an archive is read member by"
              + " member)");
    }
    return null;
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
