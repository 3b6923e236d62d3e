package io.picklift.schema.tables.join;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.schema.testing.EditedSave;
import org.junit.jupiter.api.Test;

/** One time zone that is a value, and the zone of dates as well. */
class SharedZoneTest {
  /** {@code {'tz': timezone.utc, 'at': datetime(2024, 7, 1, tzinfo=timezone.utc)}}. */
  private static final String SAVE =
      "80049567000000000000007d94288c02747a948c086461746574696d65948c0874696d657a6f6e659493946802"
          + "8c0974696d6564656c74619493944b004b004b0087945294859452948c0261749468028c086461746574696d"
          + "65949394430a07e8070100000000000094680a86945294752e";

  /** The dates would be other moments. */
  @Test
  void aChangedZoneDoesNotMoveTheDates() throws Exception {
    EditedSave save =
        new EditedSave(
            """
            version: 1
            tables:
              save:
                root: true
                columns:
                  tz_offset: {path: "tz[0]", type: BIGINT}
                  at: {type: DATETIME(6), zone: utc}
            """,
            SAVE);
    save.rows().set("save", 0, "tz_offset", 3_600_000_000L);
    assertThatThrownBy(save::joined)
        .isInstanceOf(JoinException.class)
        .hasMessageContaining("stands in several places of the save");
  }
}
