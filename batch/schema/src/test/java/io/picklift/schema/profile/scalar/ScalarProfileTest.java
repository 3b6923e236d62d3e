package io.picklift.schema.profile.scalar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ScalarProfileTest {
  private static final byte[] STATE = {0x07, (byte) 0xe4, 2, 29, 23, 59, 58, 1, 2, 3};

  @Test
  void datesAndTimesHaveARangeHoweverTheyWereWritten() {
    ScalarProfile scalars = new ScalarProfile();
    assertThat(scalars.times().isEmpty()).isTrue();
    scalars.time(STATE, 0, STATE.length);
    assertThat(scalars.times().min()).isEqualTo("2020-02-29T23:59:58");
    ScalarProfile other = new ScalarProfile();
    other.time("0999-12-31T00:00:01.000001", true);
    other.time("2020-03-01", false);
    scalars.merge(other);
    assertThat(scalars.times().min()).isEqualTo("0999-12-31T00:00:01");
    assertThat(scalars.times().max()).isEqualTo("2020-03-01T00:00:00");
  }

  @Test
  void datesAloneHaveNoTime() {
    ScalarProfile scalars = new ScalarProfile();
    scalars.time(STATE, 0, 4);
    scalars.time("2021-01-01", false);
    assertThat(scalars.times().min()).isEqualTo("2020-02-29");
    assertThat(scalars.times().max()).isEqualTo("2021-01-01");
  }

  @Test
  void timesThatAreAlikeInPartAreToldApart() {
    ScalarProfile scalars = new ScalarProfile();
    byte[] earlier = STATE.clone();
    earlier[0] = 0x06;
    byte[] later = STATE.clone();
    later[9] = 4;
    for (byte[] state : new byte[][] {STATE, STATE, later, STATE, earlier, earlier}) {
      scalars.time(state, 0, state.length);
    }
    assertThat(scalars.distinct()).isEqualTo(3);
    assertThat(scalars.times().min()).isEqualTo("1764-02-29T23:59:58");
    scalars.time(STATE, 0, 4);
    scalars.time(STATE, 0, STATE.length);
    scalars.time(STATE, 0, 4);
    assertThat(scalars.distinct()).isEqualTo(4);
  }

  @Test
  void smallNumbersThatAreThereAgainChangeNothing() {
    ScalarProfile scalars = new ScalarProfile();
    for (long number : new long[] {5, 63, 5, 64, 63, 64, -1, 5, -1, Long.MIN_VALUE, 0, 0}) {
      scalars.integer(number);
    }
    assertThat(scalars.distinct()).isEqualTo(6);
    assertThat(scalars.intMin()).isEqualTo(Long.MIN_VALUE);
    assertThat(scalars.intMax()).isEqualTo(64);
  }

  @Test
  void decimalsHaveARangeOfThoseThatAreNumbers() {
    ScalarProfile scalars = new ScalarProfile();
    scalars.decimal("NaN");
    assertThat(scalars.decimalMin()).isNull();
    scalars.decimal("10.5");
    scalars.decimal("-3.25");
    ScalarProfile other = new ScalarProfile();
    other.decimal("9");
    scalars.merge(other);
    assertThat(scalars.decimalMin()).isEqualByComparingTo("-3.25");
    assertThat(scalars.decimalMax()).isEqualByComparingTo("10.5");
  }

  @Test
  void fewDifferentValuesAreCountedExactly() {
    ScalarProfile scalars = new ScalarProfile();
    for (int i = 0; i < 1000; i++) {
      scalars.integer(i % 64);
    }
    assertThat(scalars.distinct()).isEqualTo(64);
  }

  @Test
  void manyAreEstimatedTheSameInWhateverPartsTheyCame() {
    ScalarProfile whole = texts(0, 50_000);
    assertThat(whole.distinct()).isBetween(46_000L, 54_000L);
    for (int at : new int[] {1, 64, 65, 20_000, 49_970}) {
      ScalarProfile early = texts(0, at);
      early.merge(texts(at / 2, 50_000));
      assertThat(early.distinct()).as("parted at %d", at).isEqualTo(whole.distinct());
      ScalarProfile late = texts(at / 2, 50_000);
      late.merge(texts(0, at));
      assertThat(late.distinct()).as("merged the other way").isEqualTo(whole.distinct());
    }
  }

  @Test
  void lengthsAreInCodePointsAndLoneSurrogatesAreFound() {
    String[] texts = {
      "",
      "a",
      "1234567",
      "12345678",
      "ä€😀x",
      "0123456789abcdéf",
      "0123456789abcdefgh😀ijklmnopqrstuvwxyz한국어",
      "한국어 텍스트"
    };
    TextScan scan = new TextScan();
    for (String text : texts) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      // With and without room behind it: words are read whole where they can be.
      for (int behind : new int[] {0, 3, 40}) {
        byte[] source = new byte[5 + utf8.length + behind];
        Arrays.fill(source, (byte) 0xff);
        System.arraycopy(utf8, 0, source, 5, utf8.length);
        scan.read(source, 5, utf8.length);
        assertThat(scan.characters()).as(text).isEqualTo(text.codePointCount(0, text.length()));
        assertThat(scan.hasSurrogate()).as(text).isFalse();
        assertThat(scan.hash()).as(text).isEqualTo(ValueHash.of(utf8, 0, utf8.length));
      }
    }
    byte[] lone = {'a', (byte) 0xed, (byte) 0xa0, (byte) 0x80, 'b', 'c', 'd', 'e', 'f'};
    scan.read(lone, 0, lone.length);
    assertThat(scan.hasSurrogate()).isTrue();
    assertThat(scan.characters()).isEqualTo(7);
    scan.read(lone, 4, 5);
    assertThat(scan.hasSurrogate()).as("of the text before").isFalse();
  }

  private static ScalarProfile texts(int from, int to) {
    ScalarProfile scalars = new ScalarProfile();
    for (int i = from; i < to; i++) {
      byte[] utf8 = ("text " + i).getBytes(StandardCharsets.UTF_8);
      scalars.text(utf8, 0, utf8.length, 1);
    }
    return scalars;
  }
}
