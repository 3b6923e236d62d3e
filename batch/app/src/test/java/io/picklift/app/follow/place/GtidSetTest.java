package io.picklift.app.follow.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class GtidSetTest {
  private static final String ONE = "00000000-0000-0000-0000-00000000000a";
  private static final String TWO = "00000000-0000-0000-0000-00000000000b";

  @Test
  void aSetIsWrittenAsTheServerDoes() {
    String text = ONE + ":1-5:8," + TWO + ":3";
    assertThat(
            GtidSet.parse("\n" + TWO + ":3,\n" + ONE.toUpperCase(java.util.Locale.ROOT) + ":1-5:8"))
        .hasToString(text);
    assertThat(GtidSet.parse("")).hasToString("");
  }

  @Test
  void numbersThatTouchBecomeOneRun() {
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      GtidSet set = new GtidSet();
      TreeSet<Integer> numbers = new TreeSet<>();
      for (int j = 0; j < 30; j++) {
        int number = 1 + random.nextInt(40);
        numbers.add(number);
        set.add(ONE + ":" + number);
      }
      StringBuilder expected = new StringBuilder(ONE);
      for (int number : numbers) {
        if (numbers.contains(number - 1)) {
          continue;
        }
        int last = number;
        while (numbers.contains(last + 1)) {
          last++;
        }
        expected.append(':').append(number).append(last > number ? "-" + last : "");
      }
      assertThat(set).hasToString(expected.toString());
      assertThat(GtidSet.parse(set.toString())).hasToString(expected.toString());
    }
  }

  @Test
  void aTagIsNoNumber() {
    assertThatThrownBy(() -> GtidSet.parse(ONE + ":tag:1-5"))
        .isInstanceOf(NumberFormatException.class);
  }
}
