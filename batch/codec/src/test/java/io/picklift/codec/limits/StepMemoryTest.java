package io.picklift.codec.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.codec.Limits;
import io.picklift.codec.diff.GraphDiff;
import io.picklift.codec.digest.GraphDigest;
import io.picklift.codec.error.ErrorCode;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.testing.TestPickles;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A save that was decoded still has to fit into its share of the heap at every later step. */
final class StepMemoryTest {
  private final SaveGraph graph = graph();

  private static SaveGraph graph() {
    try {
      return TestPickles.decode("](" + "]K\1a".repeat(20_000) + "e.");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Limits memory(long bytes) {
    return Limits.builder().memory(bytes).build();
  }

  private static void assertRefused(ThrowingCallable step) {
    assertThatThrownBy(step)
        .isInstanceOfSatisfying(
            LimitException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_MEMORY));
  }

  @Test
  void theMeaningOfASaveThatFillsItsShareIsRefused() {
    assertRefused(() -> Meaning.of(graph, memory(graph.footprint() + 1_000)));
  }

  @Test
  void theDigestIsMadeWithinTheLimitsOfTheMeaning() throws Exception {
    long withMeaning = Meaning.of(graph, memory(1 << 22)).footprint();
    assertRefused(() -> GraphDigest.sha256(graph, memory(withMeaning + 1_000)));
    Meaning meaning = Meaning.of(graph, memory(withMeaning + 1_000));
    assertRefused(() -> GraphDigest.sha256(meaning));
    assertThatCode(() -> GraphDigest.sha256(graph, memory(2 * withMeaning)))
        .doesNotThrowAnyException();
  }

  @Test
  void aComparisonCountsBothSaves() throws Exception {
    long one = Meaning.of(graph, memory(1 << 22)).footprint();
    SaveGraph other = graph();
    assertRefused(() -> GraphDiff.compare(graph, other, 1, memory(2 * one - 1_000)));
    assertThat(GraphDiff.compare(graph, other, 1, memory(4 * one))).isEmpty();
  }
}
