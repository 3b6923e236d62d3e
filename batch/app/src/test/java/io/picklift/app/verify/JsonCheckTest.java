package io.picklift.app.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.report.CopyDifference;
import io.picklift.app.report.Finding;
import io.picklift.app.view.Saves;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JsonCheckTest {
  private static List<String> differences(String json) throws Exception {
    return JsonCheck.compare(Saves.view(Saves.COPY), "json", json).first().stream()
        .map(JsonCheckTest::line)
        .toList();
  }

  private static String line(CopyDifference it) {
    return it.column() + " " + it.path() + " " + it.blob() + " / " + it.copy();
  }

  @Test
  void aCopyAsPythonWritesItIsTheSame() throws Exception {
    assertThat(
            differences(
                "{\"name\": \"Ann\", \"age\": 41, \"ratio\": 0.1, \"ok\": true, \"none\": null,"
                    + " \"list\": [1, {\"x\": \"y\"}], \"nan\": NaN, \"1\": \"one\", \"cls\": null,"
                    + " \"when\": \"2020-02-29\"}"))
        .isEmpty();
  }

  @Test
  void beyondAThousandTheyAreCounted() throws Exception {
    String json = "{" + "\"age\": 1, ".repeat(1_004) + "\"age\": 2}";
    JsonCheck.Differences found = JsonCheck.compare(Saves.view(Saves.COPY), "json", json);
    assertThat(found.first()).hasSize(1_000);
    assertThat(found.more()).isEqualTo(5);
    assertThat(Finding.copyDiffersMore("json", found.more()).message())
        .isEqualTo("json: 5 more differences");
  }

  @Test
  void aNumberMayBeWrittenInOtherWays() throws Exception {
    assertThat(differences("{\"age\": 41.0, \"ratio\": 1e-1, \"list\": [1.0]}")).isEmpty();
  }

  @Test
  void whatDiffersIsNamedByItsPath() throws Exception {
    assertThat(
            differences(
                "{\"name\": \"Bob\", \"age\": 42, \"ok\": false, \"none\": 0, \"list\": [2, {\"x\":"
                    + " \"z\"}]}"))
        .containsExactly(
            "json [\"name\"] \"Ann\" / \"Bob\"",
            "json [\"age\"] 41 / 42",
            "json [\"ok\"] True / false",
            "json [\"none\"] None / 0",
            "json [\"list\"][0] 1 / 2",
            "json [\"list\"][1][\"x\"] \"y\" / \"z\"");
  }

  @Test
  void typesAreNotMixedUp() throws Exception {
    assertThat(differences("{\"ok\": 1, \"age\": true, \"name\": null, \"list\": null}"))
        .containsExactly(
            "json [\"ok\"] True / 1",
            "json [\"age\"] 41 / true",
            "json [\"name\"] \"Ann\" / null",
            "json [\"list\"] an object / null");
  }

  @Test
  void whatOnlyOneSideHasIsNoDifference() throws Exception {
    assertThat(differences("{\"more\": 1, \"list\": [1, {\"x\": \"y\", \"z\": 2}, 3]}")).isEmpty();
    assertThat(differences("{}")).isEmpty();
  }

  @Test
  void noJsonIsToldWithItsPlaceAndNothingOfIt() {
    assertThatThrownBy(() -> differences("{\"secret\": tru"))
        .isInstanceOf(JsonCheck.UnreadableException.class)
        .hasMessageStartingWith("no JSON from character ")
        .hasMessageEndingWith(" of 14");
    assertThatThrownBy(() -> differences("  "))
        .isInstanceOf(JsonCheck.UnreadableException.class)
        .hasMessage("the JSON is empty");
  }

  @Test
  void nestingHasNoLimitOfTheParser() throws Exception {
    assertThat(differences("[".repeat(20_000) + "]".repeat(20_000))).isEmpty();
  }
}
