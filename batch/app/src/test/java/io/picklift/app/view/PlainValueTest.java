package io.picklift.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PlainValueTest {
  private static List<@Nullable PlainValue> values() throws Exception {
    SaveView view = Saves.view(Saves.VALUES);
    List<@Nullable PlainValue> values = new ArrayList<>();
    for (int i = 0; i < 17; i++) {
      values.add(PlainValue.of(view.meaning(), view.at(view.meaning().root(), i)));
    }
    return values;
  }

  @Test
  void eachIsShownAsPeopleWriteIt() throws Exception {
    List<String> shown = new ArrayList<>();
    for (PlainValue value : values()) {
      shown.add(value == null ? "-" : value.type() + " " + value.shown());
    }
    assertThat(shown)
        .containsExactly(
            "NONE None",
            "BOOL True",
            "NUMBER 3",
            "NUMBER 2.5",
            "NOT_A_NUMBER nan",
            "NOT_A_NUMBER -inf",
            "TEXT \"text\"",
            "BYTES 01ff",
            "TEXT \"2024-05-01T12:00:00.120000\"",
            "TEXT_PREFIX \"2024-05-01T00:00:00\"",
            "TEXT \"00000000-0000-0000-0000-000000000005\"",
            "TEXT \"1.10\"",
            "NUMBER 86402.000003",
            "TEXT \"red\"",
            "NUMBER 1180591620717411303424",
            "-",
            "TEXT \"2020-02-29\"");
  }

  @Test
  void aNumberIsItsDecimalOrTheNearestDouble() throws Exception {
    PlainValue half = values().get(3);
    assertThat(half).isNotNull();
    assertThat(half.isNumber(new BigDecimal("2.50"))).isTrue();
    assertThat(half.isNumber(new BigDecimal("2.5000000000000000000001"))).isTrue();
    assertThat(half.isNumber(new BigDecimal("2.6"))).isFalse();
    PlainValue decimal = values().get(11);
    assertThat(decimal).isNotNull();
    assertThat(decimal.isNumber(new BigDecimal("1.1"))).isTrue();
  }

  @Test
  void textIsNoNumberUnlessItIs() {
    assertThat(PlainValue.decimalOrNull(" 7.5 ")).isEqualTo(new BigDecimal("7.5"));
    assertThat(PlainValue.decimalOrNull("seven")).isNull();
    assertThat(PlainValue.decimalOrNull("9".repeat(500))).isNull();
  }

  @Test
  void quotedTextIsShortAndOnOneLine() {
    assertThat(PlainValue.quote("a\"b\\c\n")).isEqualTo("\"a\\u0022b\\u005cc\\u000a\"");
    assertThat(PlainValue.quote("x".repeat(99))).hasSize(62).endsWith("...\"");
    assertThat(PlainValue.quote("\ud83d\ude00\ud800")).isEqualTo("\"\ud83d\ude00\\ud800\"");
  }
}
