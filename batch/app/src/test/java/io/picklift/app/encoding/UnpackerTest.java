package io.picklift.app.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.encoding.format.ByteLiterals;
import io.picklift.app.encoding.format.Encoding;
import io.picklift.app.encoding.format.EncodingException;
import io.picklift.app.job.Game;
import io.picklift.codec.Limits;
import io.picklift.codec.error.LimitException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.apache.commons.compress.compressors.snappy.FramedSnappyCompressorOutputStream;
import org.apache.commons.compress.compressors.snappy.SnappyCompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorOutputStream;
import org.junit.jupiter.api.Test;

final class UnpackerTest {
  private final Unpacker unpacker = new Unpacker(Limits.defaults());

  private interface Wrapper {
    OutputStream wrap(OutputStream out) throws IOException;
  }

  private static byte[] wrapped(byte[] bytes, Wrapper wrapper) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream wrap = wrapper.wrap(out)) {
      wrap.write(bytes);
    }
    return out.toByteArray();
  }

  private static Map<String, byte[]> encoded(byte[] pickle) throws IOException {
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put("base64", Base64.getUrlEncoder().encode(pickle));
    all.put("zlib", wrapped(pickle, DeflaterOutputStream::new));
    all.put("gzip", wrapped(pickle, GZIPOutputStream::new));
    all.put("bzip2", wrapped(pickle, BZip2CompressorOutputStream::new));
    all.put("xz", wrapped(pickle, XZCompressorOutputStream::new));
    all.put("zstd", wrapped(pickle, ZstdCompressorOutputStream::new));
    all.put("lz4", wrapped(pickle, FramedLZ4CompressorOutputStream::new));
    all.put("snappy", wrapped(pickle, FramedSnappyCompressorOutputStream::new));
    all.put("zip", zip(pickle));
    return all;
  }

  private static byte[] zip(byte[] pickle) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(bytes)) {
      out.putArchiveEntry(new ZipArchiveEntry("save"));
      out.write(pickle);
      out.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  @Test
  void everyEncodingIsToldByItsContent() throws Exception {
    for (int number = 0; number < 12; number++) {
      byte[] pickle = Game.save(number);
      assertThat(unpacker.auto(pickle).layers()).isEmpty();
      for (Map.Entry<String, byte[]> entry : encoded(pickle).entrySet()) {
        Unpacked unpacked = unpacker.auto(entry.getValue());
        assertThat(unpacked.labels()).containsExactly(entry.getKey());
        assertThat(unpacked.pickle()).isEqualTo(pickle);
        assertThat(
                unpacker.known(entry.getValue(), List.of(Encodings.named(entry.getKey()))).pickle())
            .isEqualTo(pickle);
      }
    }
  }

  @Test
  void stacksOfAnyTwoAreUndone() throws Exception {
    byte[] pickle = Game.save(5);
    for (Map.Entry<String, byte[]> inner : encoded(pickle).entrySet()) {
      for (Map.Entry<String, byte[]> outer : encoded(inner.getValue()).entrySet()) {
        Unpacked unpacked = unpacker.auto(outer.getValue());
        assertThat(unpacked.labels()).containsExactly(outer.getKey(), inner.getKey());
        assertThat(unpacked.pickle()).isEqualTo(pickle);
      }
    }
  }

  @Test
  void rawSnappyIsUndoneWhereItIsNamed() throws Exception {
    byte[] pickle = Game.save(5);
    byte[] raw = wrapped(pickle, out -> new SnappyCompressorOutputStream(out, pickle.length));
    assertThat(unpacker.known(raw, List.of(Encodings.named("snappy"))).pickle()).isEqualTo(pickle);
  }

  @Test
  void textPicklesAreNoEncoding() throws Exception {
    for (String text : List.of("I01\n.", "(lp0\nI7\na.", "S'aGVsbG8='\n.", "Vhello\np0\n.", "N.")) {
      byte[] pickle = text.getBytes(StandardCharsets.US_ASCII);
      assertThat(unpacker.auto(pickle).layers()).as(text).isEmpty();
    }
    for (String text : List.of("deadbeef", "hello", "1234567890abcdef", "Lorem ipsum dolor.")) {
      byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
      assertThat(unpacker.auto(bytes).layers()).as(text).isEmpty();
    }
  }

  @Test
  void textThatTwoFormatsReadIsInTheOneThatGivesItBack() throws Exception {
    String quoted =
        "quoted-printable:upper.Cg."
            + ByteLiterals.of(ByteLiterals.latin1(" !#$%&'()*+,-./:;<>?@[]^_`{|}~\\\"\n"));
    String member =
        "json-member:a."
            + ByteLiterals.of(ByteLiterals.latin1("{\"v\": "))
            + "."
            + ByteLiterals.of(ByteLiterals.latin1("}"));
    for (String recipe :
        List.of(
            quoted + " " + member + " " + quoted,
            quoted + " " + member + " python-escape:plain",
            quoted + " json-string:ascii mysql-escape:plain",
            "mysql-escape:plain " + quoted + " json-string:ascii repr:Yg")) {
      for (int number = 0; number < 12; number++) {
        byte[] pickle = Game.save(number);
        Unpacked found = unpacker.auto(Recoder.encode(pickle, recipe, Limits.defaults()));
        assertThat(found.pickle()).as("%s was read as %s", recipe, found.label()).isEqualTo(pickle);
      }
    }
  }

  @Test
  void aStreamOfPicklesIsFoundInAWrapping() throws Exception {
    byte[] stream = "(lp0\nI1\na.\n(lp0\nI2\na.".getBytes(StandardCharsets.US_ASCII);
    Unpacked unpacked = unpacker.auto(Base64.getEncoder().encode(stream));
    assertThat(unpacked.labels()).containsExactly("base64");
    assertThat(unpacked.pickle()).isEqualTo(stream);
  }

  @Test
  void aTextThatBeginsAsAPickleIsNoneWhereAWrappingHoldsOne() throws Exception {
    byte[] pickle = Game.save(9);
    byte[] value =
        ("N.|" + Base64.getEncoder().encodeToString(pickle)).getBytes(StandardCharsets.US_ASCII);
    assertThat(unpacker.auto(value).pickle()).isEqualTo(pickle);
    byte[] loose = "N. Smith".getBytes(StandardCharsets.US_ASCII);
    assertThat(unpacker.auto(loose).layers()).isEmpty();
  }

  @Test
  void severalPicklesSideBySideAreToldAndTakenByName() throws Exception {
    Base64.Encoder base64 = Base64.getEncoder();
    String one = base64.encodeToString(HexFormat.of().parseHex("80025d71004b01612e"));
    byte[] second = HexFormat.of().parseHex("80025d71004b02612e");
    String other = base64.encodeToString(second);
    byte[] json =
        ("{\"a\": \"" + one + "\", \"b\": \"" + other + "\"}").getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> unpacker.auto(json))
        .isInstanceOf(EncodingException.class)
        .hasMessageContaining("several pickles in one json-member value")
        .hasMessageContaining("json-member:NAME");
    List<Encoding> stack = List.of(Encodings.named("json-member:b"), Encodings.named("base64"));
    Unpacked named = unpacker.known(json, stack);
    assertThat(named.pickle()).isEqualTo(second);
    assertThat(
            Recoder.encode(
                second,
                Objects.requireNonNull(Recoder.recipe(named, Limits.defaults())),
                Limits.defaults()))
        .isEqualTo(json);
  }

  @Test
  void damagedDataIsRefusedNeverGuessed() throws Exception {
    byte[] pickle = Game.save(11);
    for (Map.Entry<String, byte[]> entry : encoded(pickle).entrySet()) {
      byte[] cut = Arrays.copyOf(entry.getValue(), entry.getValue().length / 2);
      if (!entry.getKey().equals("base64")) {
        assertThatThrownBy(() -> unpacker.auto(cut))
            .as(entry.getKey())
            .isInstanceOf(EncodingException.class)
            .hasMessageContaining("damaged " + entry.getKey());
      }
    }
  }

  @Test
  void aBombIsRefused() throws Exception {
    byte[] zeros = new byte[64 << 20];
    Unpacker small = new Unpacker(Limits.builder().unpackedBytes(4 << 20).build());
    for (Wrapper wrapper :
        List.<Wrapper>of(
            out -> new DeflaterOutputStream(out, new Deflater(9)),
            GZIPOutputStream::new,
            ZstdCompressorOutputStream::new)) {
      byte[] bomb = wrapped(zeros, wrapper);
      assertThatThrownBy(() -> small.auto(bomb))
          .isInstanceOf(EncodingException.class)
          .hasMessageContaining("unpacks to more than the limit of");
    }
  }

  @Test
  void aBombIsRefusedByTheSavesShareOfTheHeap() throws Exception {
    byte[] bomb =
        wrapped(new byte[64 << 20], out -> new DeflaterOutputStream(out, new Deflater(9)));
    Unpacker share = new Unpacker(Limits.builder().memory(8 << 20).build());
    assertThatThrownBy(() -> share.auto(bomb))
        .isInstanceOf(EncodingException.class)
        .hasMessageContaining("unpacks to more than the limit of");
  }

  @Test
  void aBombInABombIsRefusedByTheRatioOfTheWhole() throws Exception {
    byte[] inner = wrapped(new byte[32 << 20], DeflaterOutputStream::new);
    byte[] bomb = wrapped(inner, DeflaterOutputStream::new);
    assertThatThrownBy(() -> unpacker.auto(bomb))
        .isInstanceOf(EncodingException.class)
        .hasMessageContaining("unpacks to more");
  }

  @Test
  void recipesMakeTheSameBytesAgain() throws Exception {
    byte[] pickle = Game.save(7);
    for (int level = 0; level <= 9; level++) {
      int which = level;
      byte[] zlib = wrapped(pickle, out -> new DeflaterOutputStream(out, new Deflater(which)));
      byte[] blob = Base64.getEncoder().encode(zlib);
      String recipe = Recoder.recipe(unpacker.auto(blob), Limits.defaults());
      assertThat(recipe).isNotNull().startsWith("base64:plain zlib:");
      assertThat(Recoder.encode(pickle, String.valueOf(recipe), Limits.defaults())).isEqualTo(blob);
    }
    assertThat(Recoder.recipe(unpacker.auto(pickle), Limits.defaults())).isEmpty();
  }

  @Test
  void recipesOfOlderTargetsMakeTheSameBytes() throws Exception {
    byte[] pickle = "I7\n.".getBytes(StandardCharsets.US_ASCII);
    Map<String, String> frozen =
        Map.of(
            "base64:plain", "STcKLg==",
            "base64:bare", "STcKLg",
            "base64:lines", "STcKLg==\n",
            "base64:line", "STcKLg==\n",
            "base64:url", "STcKLg==",
            "base64:url_bare", "STcKLg");
    for (Map.Entry<String, String> entry : frozen.entrySet()) {
      assertThat(Recoder.encode(pickle, entry.getKey(), Limits.defaults()))
          .as(entry.getKey())
          .asString()
          .isEqualTo(entry.getValue());
    }
    assertThat(Recoder.encode(pickle, "base64:plain zlib:6", Limits.defaults()))
        .asString()
        .startsWith("eJ");
  }

  @Test
  void wrappedPicklesOneBehindTheOtherAreNoHeaderAndPickle() throws Exception {
    byte[] one = "(dp0\nVa\np1\nI1\ns.".getBytes(StandardCharsets.US_ASCII);
    byte[] other = "(lp0\nI1\naI2\na.".getBytes(StandardCharsets.US_ASCII);
    String first = Base64.getEncoder().encodeToString(one);
    String second = Base64.getEncoder().encodeToString(other);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    packed.write(wrapped(one, DeflaterOutputStream::new));
    packed.write(wrapped(other, DeflaterOutputStream::new));
    for (byte[] value :
        new byte[][] {
          (first + "\n" + second).getBytes(StandardCharsets.US_ASCII),
          (first + "\n" + first + "\n" + second).getBytes(StandardCharsets.US_ASCII),
          ("{\"v\": \"" + first + "\"}\n" + second).getBytes(StandardCharsets.US_ASCII),
          packed.toByteArray()
        }) {
      assertThatThrownBy(() -> new Unpacker(Limits.defaults()).auto(value))
          .isInstanceOf(EncodingException.class)
          .hasMessageContaining("several pickles");
    }
  }

  /** JSON in a pickle's place is made from what the pickle says, which a save's limits bound. */
  @Test
  void jsonIsMadeWithinTheLimitsOfTheSave() throws Exception {
    Limits limits = Limits.builder().memory(4_000).build();
    String text = "[" + "1, ".repeat(1_000) + "1]";
    Unpacked json = new Unpacker(Limits.defaults()).auto(text.getBytes(StandardCharsets.US_ASCII));
    String recipe = String.valueOf(Recoder.recipe(json, Limits.defaults()));
    assertThat(Recoder.encode(json.pickle(), recipe, Limits.defaults())).asString().isEqualTo(text);
    assertThatThrownBy(() -> Recoder.encode(json.pickle(), recipe, limits))
        .isInstanceOf(LimitException.class);
    assertThat(Recoder.recipe(json, limits)).isNull();
  }
}
