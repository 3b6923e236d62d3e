package io.picklift.codec.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.protobuf.GraphMessage;
import io.picklift.codec.testing.Seeds;
import io.picklift.codec.testing.Targets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs every fuzz target on changed seeds: so many, and always the same, that a build does not
 * depend on luck; {@code -Dpicklift.fuzz.runs=5000000 -Dpicklift.fuzz.seed=7} for more and others.
 * A finding is shown as hexadecimal: it belongs into {@code src/test/resources/regressions}.
 */
final class MutationTest {
  private static final int RUNS = Integer.getInteger("picklift.fuzz.runs", 100_000);
  private static final long SEED = Long.getLong("picklift.fuzz.seed", 1);

  /** For the slowest machine: what hangs takes longer. */
  private static final int LONGEST_MILLIS = 30_000;

  static List<Targets.Target> targets() {
    return Targets.all();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void anyBytesEndInAResultOrAnErrorOfOurs(Targets.Target target) throws IOException {
    List<byte[]> seeds = target.name().equals("archive") ? archives() : Seeds.all();
    Mutator mutator = new Mutator(seeds, SEED);
    for (int i = 0; i < RUNS; i++) {
      run(target.run(), mutator.next());
    }
  }

  private static void run(Consumer<byte[]> target, byte[] input) {
    long start = System.nanoTime();
    try {
      target.accept(input);
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      throw new AssertionError(e + " on " + HexFormat.of().formatHex(input), e);
    }
    long millis = (System.nanoTime() - start) / 1_000_000;
    assertThat(millis).as(() -> HexFormat.of().formatHex(input)).isLessThan(LONGEST_MILLIS);
  }

  private static List<byte[]> archives() throws IOException {
    List<byte[]> archives = new ArrayList<>();
    for (byte[] pickle : Seeds.few()) {
      SaveGraph graph = Targets.decode(pickle);
      if (graph != null) {
        archives.add(new GraphMessage().encode(graph));
      }
    }
    return archives;
  }
}
