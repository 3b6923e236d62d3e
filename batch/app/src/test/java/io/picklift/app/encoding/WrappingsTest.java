package io.picklift.app.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import io.picklift.codec.pickle.PickleDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Python's own libraries wrapped: {@code src/test/python/wrappings.py} made it. */
final class WrappingsTest {
  /** What Java's libraries do not write as C's do, or no style says; their BLOBs are kept. */
  private static final Set<String> KEPT =
      Set.of("xz", "lzma", "zip", "zip-renpy", "sql-outfile", "base64-appended");

  private final Unpacker unpacker = new Unpacker(Limits.defaults());

  /** A line of the file. */
  record Wrapping(String name, String stack, byte[] value) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Wrapping> wrappings() throws IOException {
    try (InputStream in = WrappingsTest.class.getResourceAsStream("/wrappings/wrappings.tsv")) {
      String all = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII);
      return all.lines()
          .map(line -> line.split("\t", -1))
          .map(cells -> new Wrapping(cells[0], cells[1], HexFormat.of().parseHex(cells[2])));
    }
  }

  @ParameterizedTest
  @MethodSource("wrappings")
  void thePickleIsFoundAndTheBytesComeBack(Wrapping wrapping) throws Exception {
    Unpacked unpacked = unpacker.auto(wrapping.value());
    assertThat(unpacked.label()).isEqualTo(wrapping.stack());
    assertThat(new PickleDecoder(Limits.defaults()).decode(unpacked.pickle()).size()).isPositive();
    String recipe = Recoder.recipe(unpacked, Limits.defaults());
    if (recipe == null) {
      assertThat(KEPT).contains(wrapping.name());
    } else {
      assertThat(recipe).hasSizeLessThan(1000);
      assertThat(Recoder.encode(unpacked.pickle(), recipe, Limits.defaults()))
          .isEqualTo(wrapping.value());
    }
    // Another pickle in the same wrapping is found again.
    byte[] other = HexFormat.of().parseHex("80025d7100284b014b024b0365" + "2e");
    String nearest = Recoder.nearest(unpacked, Limits.defaults());
    if (nearest != null) {
      assertThat(unpacker.auto(Recoder.encode(other, nearest, Limits.defaults())).pickle())
          .isEqualTo(other);
    }
  }

  @Test
  void signaturesAreKnownToBeOnes() throws Exception {
    for (Wrapping wrapping : wrappings().toList()) {
      String recipe = Recoder.recipe(unpacker.auto(wrapping.value()), Limits.defaults());
      boolean isSigned =
          List.of("signed", "sha1hex", "hex40", "binary", "session", "itsdangerous").stream()
              .anyMatch(wrapping.name()::contains);
      assertThat(recipe != null && Recoder.isSigned(recipe))
          .as(wrapping.name())
          .isEqualTo(isSigned);
    }
  }

  @Test
  void prefixesAreStrippedAsConfigured() throws Exception {
    byte[] value = "x1|I7\n.".getBytes(StandardCharsets.US_ASCII);
    for (String name : List.of("prefix:3", "prefix:|", "prefix:/x[0-9]./")) {
      assertThat(unpacker.known(value, List.of(Encodings.named(name))).pickle())
          .as(name)
          .asString()
          .isEqualTo("I7\n.");
    }
  }
}
