package io.picklift.codec.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** Java's {@link BigDecimal} writes numbers as Python's does, but for {@code -0}. */
class DecimalTextTest {
  private static final String CHARACTERS = "-.015";
  private static final int LONGEST = 8;

  @Test
  void plainNumbersAreCanonicalIfTheyAreWrittenSo() {
    int canonical = all("");
    assertThat(canonical).isGreaterThan(1000);
  }

  private static int all(String start) {
    int canonical = 0;
    if (!start.isEmpty()) {
      boolean is = DecimalText.isCanonical(start);
      assertThat(is).as(start).isEqualTo(isWrittenSo(start));
      canonical = is ? 1 : 0;
    }
    for (int i = 0; i < CHARACTERS.length() && start.length() < LONGEST; i++) {
      canonical += all(start + CHARACTERS.charAt(i));
    }
    return canonical;
  }

  private static boolean isWrittenSo(String text) {
    String positive = text.startsWith("-") ? text.substring(1) : text;
    if (positive.startsWith("-")) {
      return false;
    }
    try {
      return new BigDecimal(positive).toString().equals(positive);
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
