package io.picklift.schema.profile.scalar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SmallNumbersTest {
  @Test
  void whatIsSmallIsNewOnceAndWhatIsNotIsAlwaysNew() {
    Random random = new Random(1);
    for (int bound : new int[] {1, 64, 65, 1000, 8192, 20_000}) {
      SmallNumbers numbers = new SmallNumbers();
      Set<Long> seen = new HashSet<>();
      for (int i = 0; i < 30_000; i++) {
        long number = (long) random.nextInt(bound) - (i % 5 == 0 ? 10 : 0);
        boolean isSmall = number >= 0 && number < 8192;
        assertThat(numbers.add(number))
            .as("%d of %d", number, bound)
            .isEqualTo(seen.add(number) || !isSmall);
      }
    }
  }

  @Test
  void theExtremesAreNotSmall() {
    SmallNumbers numbers = new SmallNumbers();
    for (long number : new long[] {Long.MIN_VALUE, -1, Long.MAX_VALUE, 8192, 1L << 38}) {
      assertThat(numbers.add(number)).isTrue();
      assertThat(numbers.add(number)).isTrue();
    }
  }
}
