package io.picklift.schema.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.schema.draft.MappingGenerator;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.profile.Profiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What is generated for the sample saves, file by file: the same input gives the same bytes. Run
 * with {@code -Dpicklift.golden=write} to take a change over, and look at the difference.
 */
class GoldenFilesTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  @Test
  void theGeneratedFilesAreTheseBytes() throws Exception {
    Map<String, String> files = new LinkedHashMap<>(ProfileFiles.all(Profiles.baolife()));
    // Of three saves these two are long enough.
    Profile some = Profiles.someOfBaolife(20, 3);
    String text = MappingGenerator.mapping(some);
    files.putAll(ProfileFiles.ofProfile(some, Mapping.parse("mapping.yaml", text), text, null));
    if ("write".equals(System.getProperty("picklift.golden"))) {
      Files.createDirectories(GOLDEN);
      for (Map.Entry<String, String> file : files.entrySet()) {
        Files.writeString(GOLDEN.resolve(file.getKey()), file.getValue());
      }
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      assertThat(file.getValue())
          .as(file.getKey())
          .isEqualTo(Files.readString(GOLDEN.resolve(file.getKey())));
    }
    assertThat(files.keySet())
        .contains(
            "mapping.yaml",
            "tables.sql",
            "lifesim.proto",
            "lifesim.proto.lock",
            "Save.schema.json",
            "Player.schema.json",
            "profile.json",
            "profile.html");
  }

  /** Each box of the drawing leads to its class, and each line to two boxes. */
  @Test
  void theDrawingLeadsToTheClasses() {
    String whole = page(Profiles.baolife());
    assertThat(all(whole, "<pre class=\"lines\"><span id=\"(m1)\">")).hasSize(1);
    assertThat(all(whole, " id=\"(m\\d+)\"")).containsAll(all(whole, "href=\"#(m\\d+)\""));
    String page = whole.substring(whole.indexOf("<h2 id=\"classes\""));
    List<String> boxes = all(page, "<a href=\"#(c-[^\"]+)\" data-box=");
    assertThat(boxes).hasSize(Profiles.baolife().classes().size()).doesNotHaveDuplicates();
    assertThat(all(page, "<details open id=\"(c-[^\"]+)\"")).containsAll(boxes);
    List<String> numbers = all(page, " data-box=\"(\\d+)\"");
    assertThat(numbers).hasSameSizeAs(boxes).doesNotHaveDuplicates();
    assertThat(numbers).containsAll(all(page, " data-(?:from|to)=\"(\\d+)\""));
  }

  private static String page(Profile profile) {
    String text = MappingGenerator.mapping(profile);
    return ProfileHtml.write(profile, Mapping.parse("mapping.yaml", text), text, null);
  }

  private static List<String> all(String page, String pattern) {
    return Pattern.compile(pattern).matcher(page).results().map(found -> found.group(1)).toList();
  }

  @Test
  void thePageLoadsNothing() {
    Profile profile = Profiles.someOfBaolife(20, 3);
    assertThat(page(profile))
        .doesNotContain("http:")
        .doesNotContain("https:")
        .doesNotContain("src=");
  }
}
