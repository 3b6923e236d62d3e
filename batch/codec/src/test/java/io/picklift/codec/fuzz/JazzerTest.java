package io.picklift.codec.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.protobuf.GraphMessage;
import io.picklift.codec.testing.Seeds;
import io.picklift.codec.testing.Targets;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The fuzz targets for Jazzer, which is led by coverage. The build runs the seeds alone ({@link
 * MutationTest} changes them there, some thousand times); {@code batch/codec/fuzz.sh} fuzzes one
 * target for as long as it is asked to.
 */
final class JazzerTest {
  private static final int STEP = 12;

  static Stream<Arguments> pickles() throws IOException {
    return some().map(pickle -> Arguments.of((Object) pickle));
  }

  static Stream<Arguments> archives() throws IOException {
    return some()
        .map(Targets::decode)
        .filter(Objects::nonNull)
        .map(graph -> Arguments.of((Object) encode(Objects.requireNonNull(graph))));
  }

  /** Enough to start from; {@link MutationTest} takes all. */
  private static Stream<byte[]> some() throws IOException {
    List<byte[]> seeds = Seeds.few();
    return IntStream.range(0, seeds.size()).filter(i -> i % STEP == 0).mapToObj(seeds::get);
  }

  private static byte[] encode(SaveGraph graph) {
    return new GraphMessage().encode(graph);
  }

  @MethodSource("pickles")
  @FuzzTest(maxDuration = "60s")
  void decode(byte[] pickle) {
    Targets.decode(pickle);
  }

  @MethodSource("pickles")
  @FuzzTest(maxDuration = "60s")
  void roundTrip(byte[] pickle) {
    Targets.roundTrip(pickle);
  }

  @MethodSource("pickles")
  @FuzzTest(maxDuration = "60s")
  void json(byte[] pickle) {
    Targets.json(pickle);
  }

  @MethodSource("pickles")
  @FuzzTest(maxDuration = "60s")
  void diff(byte[] pickle) {
    Targets.diff(pickle);
  }

  @MethodSource("archives")
  @FuzzTest(maxDuration = "60s")
  void archive(byte[] archive) {
    Targets.archive(archive);
  }
}
