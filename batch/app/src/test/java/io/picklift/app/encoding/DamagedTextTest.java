package io.picklift.app.encoding;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.encoding.format.EncodingException;
import io.picklift.app.job.Game;
import io.picklift.codec.Limits;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

/** What text columns and transfers do to pickles. */
final class DamagedTextTest {
  private static final byte[] TEXT =
      "(dp0\nS'a'\np1\nI10\nsVb\np2\n(lp3\nF1.5\naI01\nas.".getBytes(US_ASCII);

  private final Unpacker strict = new Unpacker(Limits.defaults());
  private final Unpacker mending = new Unpacker(Limits.defaults(), true);

  /** Bytes that were taken for characters, and stored as UTF-8. */
  private static byte[] asUtf8(byte[] bytes, Charset charset) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      String one = new String(new byte[] {b}, charset);
      text.append(one.equals("\ufffd") ? String.valueOf((char) (b & 0xff)) : one);
    }
    return text.toString().getBytes(UTF_8);
  }

  private static byte[] replaced(byte[] bytes, String from, String to) {
    return new String(bytes, ISO_8859_1).replace(from, to).getBytes(ISO_8859_1);
  }

  private static Map<String, byte[][]> damaged() throws Exception {
    byte[] pickle = Game.save(9);
    byte[] newest =
        HexFormat.of()
            .parseHex("80049510000000000000007d948c0161945d94284b81478000000000000000" + "65732e");
    ByteArrayOutputStream zlib = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(zlib)) {
      out.write(pickle);
    }
    Charset windows = Charset.forName("windows-1252");
    byte[] crlf = replaced(TEXT, "\n", "\r\n");
    byte[] stripped = Arrays.copyOf(TEXT, TEXT.length - 1);
    Map<String, byte[][]> all = new LinkedHashMap<>();
    all.put("crlf", new byte[][] {crlf, TEXT});
    all.put("cr", new byte[][] {replaced(TEXT, "\n", "\r"), TEXT});
    all.put("stripped-end", new byte[][] {stripped, TEXT});
    all.put("crlf+stripped-end", new byte[][] {replaced(stripped, "\n", "\r\n"), TEXT});
    all.put("latin1-as-utf8", new byte[][] {asUtf8(pickle, ISO_8859_1), pickle});
    all.put("latin1-as-utf8 ", new byte[][] {asUtf8(newest, ISO_8859_1), newest});
    all.put(
        "latin1-as-utf8+latin1-as-utf8",
        new byte[][] {asUtf8(asUtf8(pickle, ISO_8859_1), ISO_8859_1), pickle});
    all.put("cp1252-as-utf8", new byte[][] {asUtf8(pickle, windows), pickle});
    all.put("cp1252-as-utf8+zlib", new byte[][] {asUtf8(zlib.toByteArray(), windows), pickle});
    return all;
  }

  @Test
  void damageIsNamedAndRefused() throws Exception {
    for (Map.Entry<String, byte[][]> one : damaged().entrySet()) {
      assertThatThrownBy(() -> strict.auto(one.getValue()[0]))
          .as(one.getKey())
          .isInstanceOf(EncodingException.class)
          .hasMessageStartingWith(one.getKey().replaceAll("[+ ].*", ""))
          .hasMessageContaining("repair: true");
    }
  }

  @Test
  void damageIsMendedAndMadeAgain() throws Exception {
    for (Map.Entry<String, byte[][]> one : damaged().entrySet()) {
      byte[] value = one.getValue()[0];
      Unpacked unpacked = mending.auto(value);
      assertThat(unpacked.label()).isEqualTo(one.getKey().strip());
      assertThat(unpacked.pickle()).isEqualTo(one.getValue()[1]);
      String recipe = Recoder.recipe(unpacked, Limits.defaults());
      assertThat(recipe).as(one.getKey()).isNotNull();
      assertThat(Recoder.encode(unpacked.pickle(), String.valueOf(recipe), Limits.defaults()))
          .isEqualTo(value);
    }
  }

  @Test
  void damageWithinAWrappingIsMendedToo() throws Exception {
    byte[] pickle = Game.save(9);
    byte[] value = Base64.getEncoder().encode(replaced(pickle, "\n", "\r\n"));
    Unpacked unpacked = mending.auto(value);
    assertThat(unpacked.label()).isEqualTo("base64+crlf");
    assertThat(unpacked.pickle()).isEqualTo(pickle);
    assertThat(
            Recoder.encode(
                pickle,
                String.valueOf(Recoder.recipe(unpacked, Limits.defaults())),
                Limits.defaults()))
        .isEqualTo(value);
    assertThatThrownBy(() -> strict.auto(value)).hasMessageStartingWith("crlf");
  }

  @Test
  void howOftenItIsWrappedDoesNotCount() throws Exception {
    byte[] pickle = Game.save(9);
    byte[] value = replaced(pickle, "\n", "\r\n");
    String label = "crlf";
    for (int i = 0; i < 5; i++) {
      value = Base64.getEncoder().encode(value);
      label = "base64+" + label;
      Unpacked unpacked = mending.auto(value);
      assertThat(unpacked.label()).isEqualTo(label);
      assertThat(unpacked.pickle()).isEqualTo(pickle);
    }
  }

  @Test
  void droppedBytesAndWideCharactersAreToldSo() throws Exception {
    for (int number : new int[] {9, 1}) {
      byte[] pickle = Game.save(number);
      byte[] dropped =
          new String(pickle, ISO_8859_1).replaceAll("[\\x80-\\xff]", "").getBytes(ISO_8859_1);
      assertThatThrownBy(() -> mending.auto(dropped))
          .hasMessageStartingWith("bytes beyond ASCII were dropped");
      byte[] wide = new String(pickle, ISO_8859_1).getBytes(UTF_16LE);
      assertThatThrownBy(() -> mending.auto(wide)).hasMessageContaining("UTF-16");
    }
  }

  @Test
  void replacedBytesAreLostAndToldSo() throws Exception {
    byte[] pickle = Game.save(9);
    byte[] marks = pickle.clone();
    for (int i = 0; i < marks.length; i++) {
      marks[i] = marks[i] < 0 ? (byte) '?' : marks[i];
    }
    byte[] boxes = new String(pickle, US_ASCII).getBytes(UTF_8);
    for (byte[] value : new byte[][] {marks, boxes}) {
      assertThatThrownBy(() -> mending.auto(value))
          .isInstanceOf(EncodingException.class)
          .hasMessageStartingWith("bytes beyond ASCII were replaced")
          .hasMessageContaining("lost");
    }
  }
}
