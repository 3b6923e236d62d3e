package io.picklift.codec.meaning;

import static io.picklift.codec.testing.TestPickles.get;
import static io.picklift.codec.testing.TestPickles.json;
import static io.picklift.codec.testing.TestPickles.put;
import static io.picklift.codec.testing.TestPickles.str;
import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.testing.TestPickles;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** When a state stands inline, and when it does not. */
final class InlineStateTest {
  private static final String OBJECT = "cm\nC\n)\u0081";

  @Test
  void anEmptyDictIsShownAsOne() throws Exception {
    assertThat(json("\u0080\2" + OBJECT + "}b."))
        .isEqualTo("{\"$class\": \"m.C\", \"$state\": {}}");
  }

  @Test
  void aKeyWithADollarKeepsItOut() throws Exception {
    assertThat(json("\u0080\2" + OBJECT + "}" + str("$a") + "K\1sb."))
        .isEqualTo("{\"$class\": \"m.C\", \"$state\": {\"$dict\": [[\"$a\", 1]]}}");
  }

  @Test
  void aKeyThatWouldBeAStrKeepsItOut() throws Exception {
    String pair = "\u008c\u0006\u00ed\u00a0\u00bd\u00ed\u00b8\u0080";
    assertThat(json("\u0080\2" + OBJECT + "}" + pair + "K\1sb."))
        .isEqualTo(
            "{\"$class\": \"m.C\", \"$state\": {\"$dict\": [[{\"$str\": \"7aC97biA\"}, 1]]}}");
  }

  @Test
  void whatElseRefersToItKeepsItOut() throws Exception {
    assertThat(json("\u0080\2" + OBJECT + "}" + put(0) + str("a") + "K\1sb" + get(0) + "\u0086."))
        .isEqualTo(
            "{\"$tuple\": [{\"$class\": \"m.C\", \"$state\": {\"$id\": 1, \"a\": 1}}, {\"$ref\": 1}]}");
  }

  @Test
  void keywordsThatAreTheStateKeepItOutButGiveItNoId() throws Exception {
    assertThat(json("\u0080\4cm\nC\n)}" + put(0) + str("a") + "K\1s\u0092" + get(0) + "b."))
        .isEqualTo("{\"$class\": \"m.C\", \"$kwargs\": [[\"a\", 1]], \"$state\": {\"a\": 1}}");
  }

  @Test
  void whatWasOverwrittenDoesNotCount() throws Exception {
    assertThat(json("\u0080\2}(K\1}" + put(0) + "\u0088" + OBJECT + get(0) + str("a") + "K\1sbu."))
        .isEqualTo("{\"$dict\": [[1, {\"$class\": \"m.C\", \"a\": 1}]]}");
  }

  @Test
  void slotsStandAfterTheDict() throws Exception {
    String state = "}" + str("d") + "K\1s}" + str("s") + "K\2s\u0086";
    assertThat(json("\u0080\2" + OBJECT + state + "b."))
        .isEqualTo("{\"$class\": \"m.C\", \"$slots\": [\"s\"], \"d\": 1, \"s\": 2}");
  }

  @Test
  void aNameInBothDictAndSlotsKeepsThemOut() throws Exception {
    String state = "}" + str("d") + "K\1s}" + str("d") + "K\2s\u0086";
    assertThat(json("\u0080\2" + OBJECT + state + "b."))
        .isEqualTo("{\"$class\": \"m.C\", \"$state\": {\"$tuple\": [{\"d\": 1}, {\"d\": 2}]}}");
  }

  @Test
  void attributesAreOfferedWithTheirNames() throws Exception {
    Meaning meaning = TestPickles.meaning("\u0080\2" + OBJECT + "N}" + str("s") + "K\2s\u0086b.");
    int[] attributes = Objects.requireNonNull(meaning.inlineAttributes(meaning.root()));
    assertThat(attributes).hasSize(2);
    assertThat(meaning.text(attributes[0])).isEqualTo("s");
    assertThat(meaning.longValue(attributes[1])).isEqualTo(2);
    assertThat(meaning.slotNames(meaning.root())).containsExactly(attributes[0]);
  }
}
