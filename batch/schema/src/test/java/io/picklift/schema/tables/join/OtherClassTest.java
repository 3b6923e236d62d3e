package io.picklift.schema.tables.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import io.picklift.codec.json.JsonWriter;
import io.picklift.schema.testing.EditedSave;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Objects whose class column names another class now. */
class OtherClassTest {
  /** Two notes, of Note at UTC+1 and of WardNote at UTC-5. */
  private static final String NOTES =
      "800495d7000000000000007d948c056e6f746573945d94288c0467616d65948c044e6f74659493942981"
          + "947d94288c0474657874948c0174948c026174948c086461746574696d65948c086461746574696d6594"
          + "9394430a07ea03010c000000000094680b8c0874696d657a6f6e65949394680b8c0974696d6564656c74"
          + "619493944b004d100e4b00879452948594529486945294756268038c08576172644e6f74659493942981"
          + "947d942868086809680a680d430a07ea03010c000000000094681068124affffffff4a300b01004b0087"
          + "9452948594529486945294756265732e";

  @Test
  void itsDatesStayInTheirZones() throws Exception {
    EditedSave save =
        new EditedSave(
            """
            version: 1
            tables:
              save: {root: true, columns: {}}
              note:
                each: save.notes
                class_column: class_name
                columns: {text: VARCHAR(9), at: {type: DATETIME(6), zone: utc}}
            """,
            NOTES);
    save.rows().set("note", 0, "class_name", "game.WardNote");
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    new JsonWriter(Limits.defaults()).write(save.joined(), json);
    assertThat(json.toString(StandardCharsets.UTF_8))
        .doesNotContain("game.Note")
        .contains("2026-03-01T12:00:00")
        .contains("\"$timedelta\": [0, 3600, 0]");
  }
}
