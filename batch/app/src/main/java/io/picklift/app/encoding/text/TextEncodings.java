package io.picklift.app.encoding.text;

import io.picklift.app.encoding.format.Encoding;
import java.util.List;

/** The formats of text, and what text columns do to bytes. */
public final class TextEncodings {
  private static final List<Encoding> FORMATS =
      List.of(
          new DataUrl(),
          new ReprText(),
          new HexText(),
          new HexBytes(),
          Signed.django(),
          Signed.other(),
          new Base64Text(),
          Base32Text.usual(),
          Base32Text.hex(),
          new UuText(),
          new Blanks(),
          new EscapedText("pg-escape", Escapes.POSTGRES),
          new EscapedText("python-escape", Escapes.PYTHON),
          new EscapedText("backslash", Escapes.DOUBLED),
          new EscapedText("mysql-escape", Escapes.MYSQL),
          new QuotedText(),
          new SqlLiteral(),
          new PercentText(),
          new QuotedPrintable(),
          Base85Text.python(),
          Base85Text.ascii(),
          new Header());

  private static final Encoding LATIN_1 = new Latin1AsUtf8("latin1-as-utf8", false);
  private static final Encoding WINDOWS = new Latin1AsUtf8("cp1252-as-utf8", true);

  private static final List<Encoding> DAMAGES =
      List.of(new Crlf(), new LoneCr(), new StrippedEnd(), LATIN_1, WINDOWS);

  private static final List<Encoding> HIDDEN =
      List.of(
          LATIN_1,
          WINDOWS,
          new AddedBackslashes("doubled-backslash", Escapes.DOUBLED),
          new AddedBackslashes("addslashes", Escapes.SLASHES));

  private TextEncodings() {}

  /** The formats, the likeliest first. */
  public static List<Encoding> list() {
    return FORMATS;
  }

  /** Whether it is one of the formats that nearly any text may be in; a header is no format. */
  public static boolean isWeak(Encoding encoding) {
    return encoding.isWeak()
        && !encoding.label().equals(Prefix.LABEL)
        && FORMATS.contains(encoding);
  }

  /** Whether what stands ahead of a value may be a signature over it. */
  public static boolean isSignature(byte[] header) {
    return Header.isSignature(header);
  }

  /** What is mended only where the configuration says so. */
  public static List<Encoding> damages() {
    return DAMAGES;
  }

  /** Damage that may leave a pickle of a text protocol a pickle, with other text in it. */
  public static List<Encoding> hiddenDamages() {
    return HIDDEN;
  }

  /** Whether it is the damage of bytes that were taken for characters, and not that of escapes. */
  public static boolean isOfCharacters(Encoding damage) {
    return damage instanceof Latin1AsUtf8;
  }

  /** Whether these characters are those of Windows-1252. */
  public static boolean isOfWindows(Encoding damage) {
    return damage == WINDOWS;
  }
}
