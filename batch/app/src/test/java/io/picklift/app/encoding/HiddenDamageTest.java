package io.picklift.app.encoding;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pickles of protocol 0 that were damaged and still are pickles, with other text in them. */
final class HiddenDamageTest {
  /** A dict of Python 3: texts, bytes, a date of 2020 and a line end in a text. */
  private static final String PYTHON_3 =
      """
      (dp0
      Vname
      p1
      VZo\u00eb
      p2
      sVraw
      p3
      c_codecs
      encode
      p4
      (V\u0080\u0081
      p5
      Vlatin1
      p6
      tp7
      Rp8
      sVon
      p9
      cdatetime
      date
      p10
      (g4
      (V\u0007\u00e4\u0001\u0002
      p11
      g6
      tp12
      Rtp13
      Rp14
      sVtext
      p15
      Vone\\u000atwo
      p16
      s.\
      """;

  /** The same of Python 2. */
  private static final String PYTHON_2 =
      """
      (dp0
      S'raw'
      p1
      S'\\x80\\n\\\\'
      p2
      sS'on'
      p3
      cdatetime
      date
      p4
      (S'\\x07\\xe4\\x01\\x02'
      tp5
      Rp6
      s.\
      """;

  private final Unpacker strict = new Unpacker(Limits.defaults());
  private final Unpacker mending = new Unpacker(Limits.defaults(), true);

  private static byte[] latin1(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  /** The text of Latin-1 as it is where its bytes were taken for Windows-1252. */
  private static byte[] windows(String text) {
    return utf8(new String(latin1(text), Charset.forName("windows-1252")));
  }

  private static String slashed(String text) {
    return text.replace("\\", "\\\\").replace("'", "\\'");
  }

  private static final Map<String, byte[][]> DAMAGED =
      Map.of(
          "latin1-as-utf8",
          new byte[][] {utf8(PYTHON_3), latin1(PYTHON_3)},
          "latin1-as-utf8+latin1-as-utf8",
          new byte[][] {utf8(new String(utf8(PYTHON_3), ISO_8859_1)), latin1(PYTHON_3)},
          "cp1252-as-utf8",
          new byte[][] {
            windows(PYTHON_3.replace("\u0081", "\u0082")),
            latin1(PYTHON_3.replace("\u0081", "\u0082"))
          },
          "cp1252-as-utf8+latin1-as-utf8",
          new byte[][] {
            windows(new String(utf8("V\u00c0 la carte\np0\n."), ISO_8859_1)),
            latin1("V\u00c0 la carte\np0\n.")
          },
          "doubled-backslash",
          new byte[][] {latin1(PYTHON_3.replace("\\", "\\\\")), latin1(PYTHON_3)},
          "doubled-backslash ",
          new byte[][] {latin1(PYTHON_2.replace("\\", "\\\\")), latin1(PYTHON_2)},
          "doubled-backslash  ",
          new byte[][] {
            latin1("S'Zo\\\\xc3\\\\xab\\\\n'\np0\n."), latin1("S'Zo\\xc3\\xab\\n'\np0\n.")
          },
          "addslashes",
          new byte[][] {
            latin1(slashed("(lp0\nVO'Brien\np1\naVa\\u005cb\np2\na.")),
            latin1("(lp0\nVO'Brien\np1\naVa\\u005cb\np2\na.")
          });

  @Test
  void withoutRepairItIsReadAsItStandsAndNamed() throws Exception {
    for (Map.Entry<String, byte[][]> one : DAMAGED.entrySet()) {
      byte[] value = one.getValue()[0];
      Unpacked unpacked = strict.auto(value);
      assertThat(unpacked.pickle()).isEqualTo(value);
      assertThat(unpacked.layers()).isEmpty();
      assertThat(unpacked.label()).isEqualTo(one.getKey().replaceAll("[+ ].*", "") + "?");
      assertThat(Recoder.recipe(unpacked, Limits.defaults())).isEmpty();
    }
  }

  @Test
  void withRepairItIsMendedAndMadeAgain() throws Exception {
    for (Map.Entry<String, byte[][]> one : DAMAGED.entrySet()) {
      byte[] value = one.getValue()[0];
      Unpacked unpacked = mending.auto(value);
      assertThat(unpacked.label()).isEqualTo(one.getKey().strip());
      assertThat(unpacked.pickle()).isEqualTo(one.getValue()[1]);
      String recipe = String.valueOf(Recoder.recipe(unpacked, Limits.defaults()));
      assertThat(Recoder.encode(unpacked.pickle(), recipe, Limits.defaults())).isEqualTo(value);
    }
  }

  @Test
  void itIsFoundWithinAWrappingToo() throws Exception {
    byte[] value = Base64.getEncoder().encode(utf8(PYTHON_3));
    assertThat(strict.auto(value).label()).isEqualTo("base64+latin1-as-utf8?");
    assertThat(strict.known(value, java.util.List.of(Encodings.named("base64"))).label())
        .isEqualTo("base64+latin1-as-utf8?");
    assertThat(mending.auto(value).label()).isEqualTo("base64+latin1-as-utf8");
  }

  /** Each is what a pickler writes, or not to be told from it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        // As they were.
        PYTHON_3,
        PYTHON_2,
        // UTF-8 in bytes, which protocol 0 writes as text.
        "(dp0\nVraw\np1\nc_codecs\nencode\np2\n(VZo\u00c3\u00ab\np3\nVlatin1\np4\ntp5\nRp6\ns.",
        // One text that no UTF-8 is, beside one that may be.
        "(lp0\nVZo\u00c3\u00ab\np1\naVZo\u00eb\np2\na.",
        // Capital letters with a tilde, before a letter.
        "VN\u00c3O\np0\n.",
        // Paths and patterns of Python 2.
        "S'C:\\\\new\\\\table'\np0\n.",
        "S'\\\\x41\\\\d+'\np0\n.",
        "(lp0\nS'C:\\\\new'\np1\naS'\\x80'\np2\na.",
        "(lp0\nS'[\\\\x80-\\\\xff]'\np1\naS'[\\\\x00\\\\x1f]'\np2\na.",
        // UTF-8 that the application took for Latin-1: no control character was meant.
        "V\u00e2\u0080\u009cZo\u00c3\u00ab\u00e2\u0080\u009d\np0\n.",
        // A path and a quote of Python 3.
        "(lp0\nVC:\\u005cUsers\np1\naVO'Brien\np2\na."
      })
  void nothingIsSaidWithoutEvidence(String pickle) throws Exception {
    assertThat(strict.auto(latin1(pickle)).label()).isEmpty();
    assertThat(mending.auto(latin1(pickle)).pickle()).isEqualTo(latin1(pickle));
  }

  /** Protocol 1 counts the bytes of its texts, which are UTF-8. */
  @Test
  void textOfProtocolOneIsUtf8() throws Exception {
    byte[] pickle = latin1("]q\0X\4\0\0\0Zo\u00c3\u00abq\1a.");
    assertThat(strict.auto(pickle).label()).isEmpty();
  }
}
