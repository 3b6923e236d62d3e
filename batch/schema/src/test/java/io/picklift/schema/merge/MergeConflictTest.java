package io.picklift.schema.merge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is shown of long values is where they differ. */
final class MergeConflictTest {
  private static final String LONG = "x".repeat(100);

  @Test
  void shortValuesAreShownWhole() {
    assertThat(new MergeConflict("", "'a'", "NULL"))
        .hasToString(". is 'a' in the source and NULL in the target");
  }

  @Test
  void longOnesAreShownAroundTheirFirstDifference() {
    assertThat(new MergeConflict("note", "'" + LONG + "one'", "'" + LONG + "two'"))
        .hasToString(
            "note is ..."
                + "x".repeat(20)
                + "one' in the source and ..."
                + "x".repeat(20)
                + "two' in the target");
    assertThat(new MergeConflict("note", "'" + LONG + "'", "'short'"))
        .hasToString("note is '" + "x".repeat(59) + "... in the source and 'short' in the target");
  }
}
