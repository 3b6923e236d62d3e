package io.picklift.samples.baolife;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mapping is what {@code profile} writes, corrected by hand, as the README tells. */
class TutorialIT {
  private static final Path FIXTURE = Path.of("baolife/src/main/resources/baolife/saves.tar.gz");
  private static final Path MAPPING = Path.of("baolife/mapping.yaml");

  @Test
  void mostLinesAreAsProfileWritesThemAndInItsOrder(@TempDir Path folder) throws Exception {
    Files.writeString(
        folder.resolve("picklift.yaml"), "source: {files: \"" + FIXTURE.toAbsolutePath() + "\"}\n");
    assertThat(Picklift.run(folder, "profile", "--out", "out").status()).isEqualTo(1);
    List<String> written = Files.readAllLines(folder.resolve("out/mapping.yaml"));
    List<String> mapping = Files.readAllLines(MAPPING);

    List<String> corrected = new ArrayList<>(mapping);
    corrected.removeAll(written);
    assertThat(corrected).hasSizeLessThan(mapping.size() / 2);

    List<String> kept = new ArrayList<>(mapping.stream().filter(line -> isTable(line)).toList());
    kept.retainAll(written);
    assertThat(kept).hasSizeGreaterThan(10);
    assertThat(written.stream().filter(kept::contains).toList()).isEqualTo(kept);
  }

  private static boolean isTable(String line) {
    return line.matches("  \\w+:");
  }
}
