package io.picklift.codec.meaning;

import static io.picklift.codec.testing.TestPickles.json;
import static io.picklift.codec.testing.TestPickles.str;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which objects are exactly what a well-known type's own pickling gives. */
final class WellKnownTest {
  private static final String DECIMAL = "\u0080\3cdecimal\nDecimal\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "1.10",
        "0.000001",
        "1E-7",
        "1.5E-9",
        "0E-7",
        "0.00",
        "0E+3",
        "1E+30",
        "12E+1x",
        "-Infinity",
        "sNaN12",
        "-NaN",
        "1E+999999999999999999",
        "123456789012345678901234567890.5"
      })
  void aDecimalIsOneWhereItsTextIsItsOwn(String text) throws Exception {
    boolean own = !text.endsWith("x");
    assertThat(json(DECIMAL + str(text) + "\u0085R."))
        .isEqualTo(
            own
                ? "{\"$decimal\": \"" + text + "\"}"
                : "{\"$call\": \"decimal.Decimal\", \"$args\": [\"" + text + "\"]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+1",
        "01",
        "00",
        ".5",
        "1.",
        "1e5",
        "1E5",
        "1E+0",
        "10E+1",
        "0.0000001",
        "12E+3",
        "nan",
        "inf",
        "NaN0",
        " 1",
        "1_0",
        "1E+1000000000000000000",
        "1E+99999999999999999999",
        "1E+05",
        "1E-1"
      })
  void anyOtherTextIsACall(String text) throws Exception {
    assertThat(json(DECIMAL + str(text) + "\u0085R."))
        .isEqualTo("{\"$call\": \"decimal.Decimal\", \"$args\": [\"" + text + "\"]}");
  }

  @Test
  void aDayThatTheMonthHasNotIsACall() throws Exception {
    assertThat(json("\u0080\3cdatetime\ndate\nC\4\u0007\u00e7\2\35\u0085R."))
        .startsWith("{\"$call\"");
    assertThat(json("\u0080\3cdatetime\ndate\nC\4\u0007\u00e8\2\35\u0085R."))
        .isEqualTo("{\"$date\": \"2024-02-29\"}");
  }

  @Test
  void aDatetimeOfPython2CountsToo() throws Exception {
    assertThat(json("\u0080\2cdatetime\ndatetime\nU\n\u0007\u00d0\1\2\3\4\5\0\0\7\u0085R."))
        .isEqualTo("{\"$datetime\": \"2000-01-02T03:04:05.000007\"}");
  }

  @Test
  void anExplicitNoneIsACall() throws Exception {
    assertThat(json("\u0080\2ccollections\ndefaultdict\nN\u0085R."))
        .isEqualTo("{\"$call\": \"collections.defaultdict\", \"$args\": [null]}");
  }

  @Test
  void anOrderedDictOfPython2IsOne() throws Exception {
    assertThat(json("\u0080\2ccollections\nOrderedDict\n](](K\1K\2e](\u0088K\3ee\u0085R."))
        .isEqualTo("{\"$ordereddict\": [[1, 3]]}");
  }

  @Test
  void moreItemsThanMaxlenAreACall() throws Exception {
    assertThat(json("\u0080\2ccollections\ndeque\n)K\1\u0086R(K\1K\2e."))
        .isEqualTo(
            "{\"$call\": \"collections.deque\", \"$args\": [{\"$tuple\": []}, 1], \"$items\": [1, 2]}");
  }

  @Test
  void aUuidWithMoreInItsStateIsAnObject() throws Exception {
    assertThat(
            json("\u0080\4cuuid\nUUID\n)\u0081}(" + str("int") + "K\5" + str("is_safe") + "K\0ub."))
        .isEqualTo("{\"$class\": \"uuid.UUID\", \"int\": 5, \"is_safe\": 0}");
  }
}
