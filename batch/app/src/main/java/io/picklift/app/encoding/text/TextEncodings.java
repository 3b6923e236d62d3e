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

  private static final List<Encoding> DAMAGES =
      List.of(
          new Crlf(),
          new LoneCr(),
          new StrippedEnd(),
          new Latin1AsUtf8("latin1-as-utf8", false),
          new Latin1AsUtf8("cp1252-as-utf8", true));

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

  /** What is mended only where the configuration says so. */
  public static List<Encoding> damages() {
    return DAMAGES;
  }
}
