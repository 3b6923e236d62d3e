package io.picklift.codec.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.testing.Nesting;
import io.picklift.codec.testing.Pipeline;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A million levels of each container decode, are written, shown and digested: nothing here
 * recurses.
 */
final class NestingTest {
  private static final int LEVELS = 1_000_000;

  static Stream<Arguments> nested() {
    return arguments(Nesting.all(LEVELS));
  }

  private static Stream<Arguments> arguments(Map<String, ?> pickles) {
    return pickles.entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("nested")
  void aMillionLevelsDecodeAndComeBack(String name, Supplier<byte[]> pickle) {
    assertThat(Pipeline.run(pickle.get())).as(name).allMatch(line -> line.contains(" ok "));
  }
}
