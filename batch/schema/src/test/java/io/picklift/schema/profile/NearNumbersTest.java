package io.picklift.schema.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NearNumbersTest {
  private static final long[] FIRST = {0, 7, -5000, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 40};

  @Test
  void whatIsNearIsNewOnce() {
    Random random = new Random(1);
    NearNumbers near = new NearNumbers();
    for (int round = 0; round < 60; round++) {
      SaveFacts save = save(round);
      Set<Long> seen = new HashSet<>();
      int reached = 0;
      for (int i = 0; i < 500; i++) {
        long value = FIRST[round % FIRST.length] + random.nextInt(10_000) - 5000;
        if (near.reaches(save, value)) {
          reached++;
          assertThat(near.add(value)).as("%d in round %d", value, round).isEqualTo(seen.add(value));
        }
      }
      assertThat(reached).isGreaterThan(100);
    }
  }

  @Test
  void whatIsFarIsNotReached() {
    NearNumbers near = new NearNumbers();
    SaveFacts save = save(0);
    assertThat(near.reaches(save, 0)).isTrue();
    assertThat(near.reaches(save, 1_000_000)).isFalse();
    assertThat(near.reaches(save, Long.MIN_VALUE)).isFalse();
    assertThat(near.reaches(save(1), 1_000_000)).isTrue();
    assertThat(near.reaches(save, Long.MAX_VALUE)).isTrue();
  }

  private static SaveFacts save(int order) {
    return new SaveFacts("s" + order, order, null, List.of(), 1, 1);
  }
}
