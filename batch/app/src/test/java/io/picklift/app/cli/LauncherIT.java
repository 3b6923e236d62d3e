package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher beside the built jar. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script")
final class LauncherIT {
  private static final Path JAR = Path.of(String.valueOf(System.getProperty("picklift.jar")));

  @TempDir private Path folder = Path.of("");

  private record Ended(int status, String out, String err) {}

  @BeforeEach
  void copy() throws IOException {
    Files.copy(JAR, folder.resolve("picklift.jar"));
    Files.copy(Path.of("src/main/launcher/picklift"), folder.resolve("picklift"));
  }

  private Ended launch(String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of("sh", folder.resolve("picklift").toString()));
    line.addAll(List.of(arguments));
    return run(line);
  }

  private Ended run(List<String> line) throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    Process process = builder.start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return new Ended(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  @Test
  void doesWhatTheJarDoesAndLeavesItsClassesForTheNextStart() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Ended jar = run(List.of(java, "-jar", folder.resolve("picklift.jar").toString(), "--version"));
    assertThat(jar.out())
        .containsPattern("^picklift [0-9]+[.][0-9]+")
        .containsPattern("(?m)^commit [0-9a-f]{7,}(, changed)?$|^commit unknown: ");
    for (int start = 0; start < 3; start++) {
      assertThat(launch("--version")).isEqualTo(jar);
      assertThat(archives()).hasSize(1);
    }
    Ended wrong = launch("nonsense");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).startsWith("picklift: ");
  }

  /** Java tells of options that it does not know, and of directives that it cannot read. */
  @Test
  void aJobStartsWithoutAWordOfJavas() throws Exception {
    for (int start = 0; start < 2; start++) {
      Ended help = launch("migrate", "--help");
      assertThat(help.status()).isZero();
      assertThat(help.err()).isEmpty();
      assertThat(help.out()).startsWith("Usage: ");
    }
  }

  /** Each build gives its jar the same time, long ago. */
  @Test
  void anotherJarIsUnpackedAnewWhateverItsTime() throws Exception {
    Path jar = folder.resolve("picklift.jar");
    FileTime longAgo = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));
    Files.setLastModifiedTime(jar, longAgo);
    launch("--version");
    Path mark = folder.resolve(".picklift-unpacked/old");
    Files.createFile(mark);
    launch("--version");
    assertThat(mark).exists();
    Path other = folder.resolve("other.jar");
    Files.copy(JAR, other);
    Files.setLastModifiedTime(other, longAgo);
    Files.move(other, jar, StandardCopyOption.REPLACE_EXISTING);
    assertThat(launch("--version").status()).isZero();
    assertThat(mark).doesNotExist();
  }

  private List<Path> archives() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(".picklift-unpacked"))) {
      return files.filter(file -> file.toString().endsWith(".jsa")).toList();
    }
  }
}
