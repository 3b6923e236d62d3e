package io.picklift.app.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.encoding.Recoder;
import io.picklift.app.encoding.Unpacked;
import io.picklift.codec.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

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
      String recipe = Recoder.recipe(unpacked);
      String name = Objects.requireNonNull(file.getFileName()).toString();
      if (recipe == null) {
        assertThat(name).isIn("e_lzma.pkl", "zz_zipmember.pkl");
      } else {
        assertThat(Recoder.encode(unpacked.pickle(), recipe)).as(name).isEqualTo(value);
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

  private String refused(String text) {
    try {
      strict.decode(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      throw new AssertionError("decoded: " + text);
    } catch (RefusedException e) {
      return e.refusal().line();
    }
  }
}
