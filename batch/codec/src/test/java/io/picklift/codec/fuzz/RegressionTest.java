package io.picklift.codec.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.testing.Pipeline;
import io.picklift.codec.testing.Targets;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What fuzzers and reviewers found once, a file a finding: hexadecimal, after lines that tell. */
final class RegressionTest {
  private static final Duration MOST = Duration.ofSeconds(30);

  static Stream<Path> findings() throws IOException, URISyntaxException {
    var folder = Objects.requireNonNull(RegressionTest.class.getResource("/regressions"));
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of(folder.toURI()))) {
      files = all.sorted().toList();
    }
    return files.stream();
  }

  @ParameterizedTest
  @MethodSource("findings")
  void staysFixed(Path finding) throws IOException {
    StringBuilder hex = new StringBuilder();
    for (String line : Files.readAllLines(finding)) {
      hex.append(line.startsWith("#") ? "" : line.strip());
    }
    byte[] bytes = HexFormat.of().parseHex(hex);
    long start = System.nanoTime();
    for (Targets.Target target : Targets.all()) {
      target.run().accept(bytes);
    }
    assertThat(Pipeline.run(bytes)).isNotEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(MOST);
  }
}
