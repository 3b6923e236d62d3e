package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.target.RunSummary;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SummariesTest {
  private static String of(long rows, long migrated) {
    return Summaries.of(
        new RunSummary(
            rows,
            0,
            0,
            0,
            0,
            0,
            migrated,
            Map.of(),
            List.of(),
            List.of(),
            new RunSummary.Values(0, 0, 0)));
  }

  @Test
  void rowsAndSavesThatDoNotAddUpAreSaidAsWhatTheyAre() {
    assertThat(of(29, 9)).containsPattern("20 +unaccounted for: the source changed");
    assertThat(of(9, 29)).containsPattern("20 +more in the target than in the source");
    assertThat(of(9, 9)).doesNotContain("unaccounted").doesNotContain("more in the target");
  }
}
