package io.picklift.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinariesTest {
  @ParameterizedTest
  @CsvSource({"linux,amd64", "mac os x,aarch64", "windows 11,amd64"})
  void thereIsADatabaseForThese(String os, String arch) {
    assertThat(Binaries.missingFor(os, arch)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"linux,aarch64", "mac os x,x86_64", "windows 11,aarch64", "freebsd,amd64"})
  void thereIsNoneForThese(String os, String arch) {
    assertThat(Binaries.missingFor(os, arch)).contains("no embedded database for " + os);
  }

  @Test
  void anEmptyFolderIsAnsweredWithWhatToDo(@TempDir Path folder) {
    assertThatThrownBy(() -> Binaries.find(folder))
        .isInstanceOf(DemoException.class)
        .hasMessageContainingAll(folder.toString(), "package", "--database", "--url");
  }

  @Test
  void programsAreMadeExecutable(@TempDir Path folder) throws Exception {
    Path server = Files.createDirectories(folder.resolve("bin")).resolve("mariadbd");
    Files.createFile(server);
    assertThat(server.toFile().setExecutable(false)).isTrue();
    assertThat(Binaries.find(folder)).isEqualTo(folder);
    assertThat(Files.isExecutable(server)).isTrue();
  }
}
