package io.picklift.codec.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.testing.Hostile;
import io.picklift.codec.testing.Pipeline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a pickle holds, each step ends in a result or in one of our errors: within the test
 * JVM's 256 MB, the default stack, and time in proportion to the bytes.
 */
final class HostileInputTest {
  private static final int SIZE = 400_000;

  /** Linear steps take milliseconds here; what is quadratic takes minutes. */
  private static final Duration MOST = Duration.ofMinutes(1);

  static Stream<Arguments> hostile() {
    return arguments(Hostile.all(SIZE));
  }

  private static Stream<Arguments> arguments(Map<String, ?> pickles) {
    return pickles.entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void endsInBoundedTimeAndMemory(String name, byte[] pickle) {
    List<String> report = run(pickle);
    assertThat(report).as(name).isNotEmpty();
  }

  private static List<String> run(byte[] pickle) {
    long start = System.nanoTime();
    List<String> report = Pipeline.run(pickle);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).as("%s", report).isLessThan(MOST);
    return report;
  }
}
