package io.picklift.codec.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.codec.Limits;
import io.picklift.codec.error.ErrorCode;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.protobuf.GraphMessage;
import io.picklift.codec.testing.Hostile;
import io.picklift.codec.testing.HostileMessages;
import io.picklift.codec.testing.Nesting;
import io.picklift.codec.testing.Pipeline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a pickle holds, each step ends in a result or in one of our errors: within the test
 * JVM's 256 MB, the default stack, and time in proportion to the bytes.
 */
final class HostileInputTest {
  private static final int SIZE = 400_000;

  private static final int LEVELS = 1_000_000;
  private static final int MESSAGE_SIZE = 16_000_000;

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

  /** Valid, and more than the test JVM has room for: a limit says so. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sets in a call",
        "attributes of names",
        "ordered dicts",
        "deques",
        "objects in states",
        "equal tuples as dict keys"
      })
  void whatHasNoRoomIsRefusedByALimit(String name) {
    byte[] pickle = Objects.requireNonNull(Nesting.all(LEVELS).get(name)).get();
    assertThat(run(pickle)).as(name).anyMatch(line -> line.contains(" limit_memory "));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("messages")
  void messagesEndInBoundedTimeAndMemory(String name, Supplier<byte[]> message) {
    assertThatThrownBy(() -> GraphMessage.decode(message.get(), Limits.defaults()))
        .as(name)
        .isInstanceOfSatisfying(
            LimitException.class,
            e -> assertThat(e.code()).isIn(ErrorCode.LIMIT_MEMORY, ErrorCode.LIMIT_NODES));
  }

  static Stream<Arguments> messages() {
    return arguments(HostileMessages.all(MESSAGE_SIZE));
  }

  private static List<String> run(byte[] pickle) {
    long start = System.nanoTime();
    List<String> report = Pipeline.run(pickle);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).as("%s", report).isLessThan(MOST);
    return report;
  }
}
