package io.picklift.app.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.encoding.Recoder;
import io.picklift.app.encoding.Unpacked;
import io.picklift.codec.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Values as people reported them, from columns of real applications: each is decoded, or refused
 * with a reason that names what it is. The table of {@code samples/README.md} says which; this
 * holds it to that.
 */
final class FieldCasesTest {
  private static final Path TABLE = Path.of("../../samples/README.md");

  private final Limits limits = Limits.defaults();
  private final BlobDecoder strict = new BlobDecoder(DecodingEngine.Name.FAST, limits, null);
  private final BlobDecoder mending = new BlobDecoder(DecodingEngine.Name.FAST, limits, null, true);

  private static List<Path> files() throws IOException {
    Path folder = Path.of("src/test/resources/field");
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** A row of the table. */
  private String row(Path file) throws IOException {
    Path name = Path.of("src/test/resources/field").relativize(file);
    return "| `" + name + "` | " + outcome(Files.readAllBytes(file)) + " |";
  }

  private String outcome(byte[] value) {
    try {
      return wrapping(strict.decode(value).unpacked()) + " | decoded";
    } catch (RefusedException e) {
      String reason = e.refusal().reason();
      if (!reason.equals("damaged")) {
        return "| refused: `" + reason + "`";
      }
      String mended = mended(value);
      return mended + " | `damaged`; decoded with `repair: true`";
    }
  }

  private String mended(byte[] value) {
    try {
      return wrapping(mending.decode(value).unpacked());
    } catch (RefusedException e) {
      throw new AssertionError(e.refusal().line(), e);
    }
  }

  private static String wrapping(Unpacked unpacked) {
    return unpacked.layers().isEmpty() ? "none" : "`" + unpacked.label() + "`";
  }

  @Test
  void theTableSaysWhatBecomesOfEachFile() throws Exception {
    List<String> rows =
        Files.readAllLines(TABLE).stream().filter(line -> line.startsWith("| `")).toList();
    assertThat(files().stream().map(this::unchecked).toList()).containsExactlyElementsOf(rows);
  }

  private String unchecked(Path file) {
    try {
      return row(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theColumnsOwnBytesComeBack() throws Exception {
    for (Path file : files()) {
      byte[] value = Files.readAllBytes(file);
      Unpacked unpacked;
      try {
        unpacked = mending.decode(value).unpacked();
      } catch (RefusedException e) {
        continue;
      }
      String recipe = Recoder.recipe(unpacked, Limits.defaults());
      String name = Objects.requireNonNull(file.getFileName()).toString();
      if (recipe == null) {
        assertThat(name).isIn("e_lzma.pkl", "zz_zipmember.pkl");
      } else {
        assertThat(Recoder.encode(unpacked.pickle(), recipe, Limits.defaults()))
            .as(name)
            .isEqualTo(value);
      }
    }
  }

  @Test
  void reasonsSayHowAValueBeginsAndWhatItIs() {
    assertThat(refused("hello"))
        .isEqualTo(
            "plain-text: 5 bytes that begin with \"hello\"; it looks like plain text; if it is no"
                + " damage, leave such rows out by source.where");
    assertThat(refused("<html><head>")).startsWith("not-a-pickle: ").contains("an HTML page");
    assertThat(refused("{\"a\": 1")).startsWith("json: ").contains("it looks like JSON");
    assertThat(refused("a:1:{s:1:\"a\";i:1;}"))
        .startsWith("not-a-pickle: ")
        .contains("PHP's serialize()");
    assertThat(refused("The quick brown fox jumps over the lazy dog"))
        .contains("\"The quick brown \"");
  }

  @Test
  void reasonsNameWhatAValueIsBesideText() {
    assertThat(refused("<game.Player object at 0x7f0012345678>"))
        .contains("Python's repr() of an object");
    assertThat(refused("{'a': 1, 'b': 2}")).contains("Python's repr() of a dict");
    assertThat(refused("eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.c2ln")).contains("a JSON Web Token");
    assertThat(refused("a\0b\0c\0d\0e\0f\0g\0h\0i\0j\0")).contains("text in UTF-16");
    assertThat(refused("<pickle>gANdcQAoSwFLAksDZS4=</pickle>"))
        .startsWith("encoding: ")
        .contains("a pickle in base64 with something around it, from byte 8 on")
        .contains("take away what is around it");
    assertThat(refused("gAAAAABnUv3xQgASVBgk3LmQ9fZt0pXcW2s=")).contains("a Fernet token");
    assertThat(refused("bplist00\1\2\3")).contains("a property list");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          82a46e616d65a35a6f65a4676f6c640c           | not-a-pickle | MessagePack
          7bda046e616d65da035a6f6530                 | not-a-pickle | Python's marshal
          a2646e616d65635a6f6564676f6c640c           | not-a-pickle | CBOR
          1e000000026e616d6500040000005a6f650010676f6c64000c00000000 | not-a-pickle | no kind that is known
          1c000000026e616d6500040000005a6f650010676f6c64000c000000   | not-a-pickle | a BSON document
          373abcaf271c0004000000000000               | not-a-pickle | no kind that is known
          377abcaf271c0004000000000000               | not-a-pickle | a 7z archive
          53616c7465645f5fa4abd4448c49562d           | not-a-pickle | openssl
          724f304142584e7941424671595668685a79       | not-a-pickle | base64 of a serialized Java object
          654a79724e616f7a746f6f724e446f74726f383d | encoding     | base64 of compressed data
          5b64656c657465645d                         | plain-text   | plain text
          4e554c4c                                   | not-a-pickle | stands for no value
          2f7661722f73617665732f312e706b6c           | not-a-pickle | the path of a file
          6e616d657c733a333a225a6f65223b             | not-a-pickle | a PHP session
          506c61796572286e616d653d275a6f652729       | not-a-pickle | repr() of an object
          """)
  void formatsThatAreNoPicklesAreNamed(String hex, String reason, String name) {
    byte[] value = HexFormat.of().parseHex(hex);
    assertThat(refused(value)).startsWith(reason + ": ").contains(name);
  }

  @Test
  void wrappedTextThatWasCutOrDamagedIsNoPlainText() {
    String cut = "80049509000100000000007d94288c046e616d65948c035a6fe9";
    assertThat(refused(cut + "8")).startsWith("truncated").contains("(inside hex)");
    // base64 of the pickle's bytes taken for Latin-1 and stored as UTF-8
    assertThat(refused("woADfXEAWAEAAABhcQFLwoBzLg==")).contains("damaged: latin1-as-utf8");
  }

  private String refused(String text) {
    return refused(text.getBytes(StandardCharsets.UTF_8));
  }

  private String refused(byte[] value) {
    try {
      strict.decode(value);
      throw new AssertionError("decoded: " + HexFormat.of().formatHex(value));
    } catch (RefusedException e) {
      return e.refusal().line();
    }
  }
}
