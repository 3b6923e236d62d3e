package io.picklift.app.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  @Test
  void aFileThatCouldNotBeWrittenWholeIsAsItWas(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("report.json");
    WholeFile.write(file, "old");

    assertThatThrownBy(
            () ->
                WholeFile.<IOException>write(
                    file,
                    out -> {
                      out.write(new byte[100_000]);
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": No space left on device");

    assertThat(file).hasContent("old");
    assertThat(folder).isDirectoryContaining("glob:**report.json");
    assertThat(Files.exists(WholeFile.partial(file))).isFalse();
  }

  @Test
  void whatAKilledProcessLeftIsOverwritten(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("mapping.yaml");
    Files.writeString(WholeFile.partial(file), "half of an older on");

    WholeFile.write(file, "new");

    assertThat(file).hasContent("new");
    assertThat(Files.exists(WholeFile.partial(file))).isFalse();
  }

  @Test
  void aFileThatIsNotThereHasNoText(@TempDir Path folder) throws Exception {
    assertThat(WholeFile.textOf(folder.resolve("none.yaml"))).isEmpty();
  }
}
