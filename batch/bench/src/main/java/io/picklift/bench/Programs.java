package io.picklift.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Other programs: Pythons, and Java machines of their own. */
final class Programs {
  private Programs() {}

  /**
   * What a program prints.
   *
   * @throws IOException where it does not end with status 0
   */
  static String run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command.get(0) + " ended with status " + process.exitValue());
    }
    return text.strip();
  }

  /** A CPython of a version such as {@code 3.11}: pyenv's, else the one on the path. */
  static Optional<Path> python(String version) throws IOException, InterruptedException {
    Path versions = Path.of(System.getProperty("user.home"), ".pyenv", "versions");
    List<Path> candidates = List.of(Path.of("python" + version));
    if (Files.isDirectory(versions)) {
      try (Stream<Path> all = Files.list(versions)) {
        candidates =
            Stream.concat(
                    all.filter(path -> path.getFileName().toString().startsWith(version + "."))
                        .map(path -> path.resolve("bin/python3"))
                        .sorted(),
                    candidates.stream())
                .toList();
      }
    }
    for (Path candidate : candidates) {
      if (isPython(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private static boolean isPython(Path program) throws InterruptedException {
    try {
      return run(List.of(program.toString(), "--version")).startsWith("Python 3");
    } catch (IOException e) {
      // Not there, or one of a version manager that has none of this version.
      return false;
    }
  }
}
