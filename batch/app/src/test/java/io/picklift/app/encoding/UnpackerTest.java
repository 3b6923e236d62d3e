package io.picklift.app.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.job.Game;
import io.picklift.codec.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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

  private static Map<Encoding, byte[]> encoded(byte[] pickle) throws IOException {
    Map<Encoding, byte[]> all = new EnumMap<>(Encoding.class);
    all.put(Encoding.BASE64, Base64.getUrlEncoder().encode(pickle));
    all.put(Encoding.ZLIB, wrapped(pickle, DeflaterOutputStream::new));
    all.put(Encoding.GZIP, wrapped(pickle, GZIPOutputStream::new));
    all.put(Encoding.BZIP2, wrapped(pickle, BZip2CompressorOutputStream::new));
    all.put(Encoding.XZ, wrapped(pickle, XZCompressorOutputStream::new));
    all.put(Encoding.ZSTD, wrapped(pickle, ZstdCompressorOutputStream::new));
    all.put(Encoding.LZ4, wrapped(pickle, FramedLZ4CompressorOutputStream::new));
    all.put(Encoding.SNAPPY, wrapped(pickle, FramedSnappyCompressorOutputStream::new));
    all.put(Encoding.ZIP, zip(pickle));
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
      assertThat(unpacker.auto(pickle).stack()).isEmpty();
      for (Map.Entry<Encoding, byte[]> entry : encoded(pickle).entrySet()) {
        Unpacked unpacked = unpacker.auto(entry.getValue());
        assertThat(unpacked.stack()).containsExactly(entry.getKey());
        assertThat(unpacked.pickle()).isEqualTo(pickle);
        assertThat(unpacker.known(entry.getValue(), List.of(entry.getKey())).pickle())
            .isEqualTo(pickle);
      }
    }
  }

  @Test
  void stacksOfAnyTwoAreUndone() throws Exception {
    byte[] pickle = Game.save(5);
    for (Map.Entry<Encoding, byte[]> inner : encoded(pickle).entrySet()) {
      for (Map.Entry<Encoding, byte[]> outer : encoded(inner.getValue()).entrySet()) {
        Unpacked unpacked = unpacker.auto(outer.getValue());
        assertThat(unpacked.stack()).containsExactly(outer.getKey(), inner.getKey());
        assertThat(unpacked.pickle()).isEqualTo(pickle);
      }
    }
  }

  @Test
  void rawSnappyIsUndoneWhereItIsNamed() throws Exception {
    byte[] pickle = Game.save(5);
    byte[] raw = wrapped(pickle, out -> new SnappyCompressorOutputStream(out, pickle.length));
    assertThat(unpacker.known(raw, List.of(Encoding.SNAPPY)).pickle()).isEqualTo(pickle);
  }

  @Test
  void textPicklesAreNoEncoding() throws Exception {
    for (String text : List.of("I01\n.", "(lp0\nI7\na.", "S'aGVsbG8='\n.", "Vhello\np0\n.", "N.")) {
      byte[] pickle = text.getBytes(StandardCharsets.US_ASCII);
      assertThat(unpacker.auto(pickle).stack()).as(text).isEmpty();
    }
    assertThat(unpacker.auto("deadbeef".getBytes(StandardCharsets.US_ASCII)).stack()).isEmpty();
  }

  @Test
  void damagedDataIsRefusedNeverGuessed() throws Exception {
    byte[] pickle = Game.save(11);
    for (Map.Entry<Encoding, byte[]> entry : encoded(pickle).entrySet()) {
      byte[] cut = Arrays.copyOf(entry.getValue(), entry.getValue().length / 2);
      if (entry.getKey() != Encoding.BASE64) {
        assertThatThrownBy(() -> unpacker.auto(cut))
            .as(entry.getKey().label())
            .isInstanceOf(EncodingException.class)
            .hasMessageContaining("damaged " + entry.getKey().label());
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
      String recipe = Recoder.recipe(unpacker.auto(blob));
      assertThat(recipe).isNotNull().startsWith("base64:plain zlib:");
      assertThat(Recoder.encode(pickle, String.valueOf(recipe))).isEqualTo(blob);
    }
    byte[] lines = Base64.getMimeEncoder(76, new byte[] {'\n'}).encode(pickle);
    for (String end : List.of("\n", "")) {
      byte[] blob =
          (new String(lines, StandardCharsets.US_ASCII) + end).getBytes(StandardCharsets.US_ASCII);
      String recipe = Recoder.recipe(unpacker.auto(blob));
      if (recipe != null) {
        assertThat(Recoder.encode(pickle, recipe)).isEqualTo(blob);
      } else {
        assertThat(end).isEmpty();
      }
    }
    assertThat(Recoder.recipe(unpacker.auto(wrapped(pickle, GZIPOutputStream::new)))).isNull();
    assertThat(Recoder.recipe(unpacker.auto(pickle))).isEmpty();
  }
}
