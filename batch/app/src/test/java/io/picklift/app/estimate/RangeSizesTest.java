package io.picklift.app.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Ranges are shared out by bytes and not by their number. */
final class RangeSizesTest {
  @Test
  void largeRangesAreAloneAndSmallOnesTogether() {
    assertThat(RangeSizes.groups(new long[] {100, 100, 1, 1, 1, 1, 96, 100}, 4))
        .containsExactly(1, 2, 7, 8);
  }

  @Test
  void rangesOfOneSizeAreSharedOutEvenly() {
    assertThat(RangeSizes.groups(new long[] {5, 5, 5, 5, 5, 5}, 3)).containsExactly(2, 4, 6);
  }

  @Test
  void thereAreNoMoreGroupsThanRanges() {
    assertThat(RangeSizes.groups(new long[] {7, 7}, 5)).endsWith(2).doesNotHaveDuplicates();
  }
}
