package io.picklift.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PathWordsTest {
  @Test
  void pathsAreInTheWordsOfTheObject() {
    assertThat(PathWords.of("r[17].person.ageYears")).isEqualTo("r[17].person.ageYears");
    assertThat(PathWords.of("orders.$items[0].total")).isEqualTo("orders[0].total");
    assertThat(PathWords.of("error.$args[0]")).isEqualTo("error.args[0]");
    assertThat(PathWords.of("a.$class")).isEqualTo("a.__class__");
    assertThat(PathWords.of("bag.$entries[3].x")).isEqualTo("bag.items()[1][1].x");
    assertThat(PathWords.of("thing.$state[2]")).isEqualTo("thing[2]");
    assertThat(PathWords.of("$items[1]")).isEqualTo("[1]");
  }

  @Test
  void aPlaceIsTheSameInAnySave() {
    assertThat(PathWords.place("r[17].person.ageYears")).isEqualTo("r[*].person.ageYears");
    assertThat(PathWords.place("[int 5].x")).isEqualTo("[*].x");
    assertThat(PathWords.place("talks[\"p1003\"].messages[10].read"))
        .isEqualTo("talks[*].messages[*].read");
    assertThat(PathWords.place("settings[\"theme\"]")).isEqualTo("settings[\"theme\"]");
    assertThat(PathWords.place("a[\"x]\\\"y\"].b")).isEqualTo("a[*].b");
  }
}
