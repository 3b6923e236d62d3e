package io.picklift.app.report.form;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.schema.mapping.Mapping;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlaceTablesTest {
  private static PlaceTables tables() throws Exception {
    return new PlaceTables(Mapping.read(Path.of("../../samples/baolife/mapping.yaml")));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "money, player",
        "job.title, player",
        "settings[\"theme\"], player",
        "home[*], player",
        "c.firstname, person",
        "job.boss.ageYears, person",
        "r[*].person.ageYears, person",
        "events[*].title, event",
        "events[*].participants[*].ageYears, person",
        "conversations[\"p\"].messages[*].text, message",
        "conversations[*].started, conversation",
        "messageLog[*][*], message_log",
        "stats[\"strength\"], stat",
        "nothing.of.it, ''",
        "'', ''",
      })
  void aPlaceIsInTheTableThatTheMappingSays(String place, String table) throws Exception {
    assertThat(tables().of(place)).isEqualTo(table);
  }
}
