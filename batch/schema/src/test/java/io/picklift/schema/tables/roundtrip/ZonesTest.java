package io.picklift.schema.tables.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.schema.tables.split.SplitSave;
import io.picklift.schema.testing.PythonValues;
import io.picklift.schema.testing.SaveTables;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Dates with a zone or fold stand in columns as the instants that Python says they are. */
@Tag("database")
class ZonesTest {
  private static final String MAPPING =
      """
      version: 1
      tables:
        job:
          root: true
          columns:
            at:       {type: DATETIME(6), zone: utc, offset: ahead}
            wall:     {path: at, type: DATETIME(6)}
            at_again: {path: "again", type: DATETIME(6), zone: utc}
      """;
  private static final String SHOWN =
      "SELECT DATE_FORMAT(COALESCE(at, wall), '%Y-%m-%d %H:%i:%s.%f'), COALESCE(ahead, ''), at IS NULL"
          + " FROM job WHERE save_id = ";

  private static String shown(PythonValues value) {
    String time = value.says().get(0).replace('T', ' ');
    String micros = time.contains(".") ? time : time + ".000000";
    String seconds = value.says().get(1);
    return micros + " " + seconds + (seconds.isEmpty() ? " 1" : " 0");
  }

  @Test
  void columnsSayWhatPythonSaysAndPicklesComeBackByteForByte() throws Exception {
    List<PythonValues> all = PythonValues.of("zones.tsv");
    assertThat(all).hasSizeGreaterThan(200);
    List<String> wrong = new ArrayList<>();
    try (SaveTables tables = new SaveTables(MAPPING)) {
      int save = 0;
      for (PythonValues value : all) {
        save++;
        SplitSave split = tables.add(value.pickle());
        String is = tables.query(SHOWN + save).get(0);
        if (!is.equals(shown(value))) {
          wrong.add(value + " is " + is + " and not " + shown(value));
        }
        if (split.counts().unfit() > 0) {
          wrong.add(value + " is counted as unfit");
        }
        assertThat(tables.restore(save)).as(value.toString()).isEqualTo(value.pickle());
      }
      assertThat(wrong).isEmpty();
    }
  }

  /** Half a year later the clock may be an hour ahead or behind, and the zone is what it was. */
  @Test
  void aChangedCellMovesTheInstantAndKeepsTheZone() throws Exception {
    try (SaveTables tables = new SaveTables(MAPPING)) {
      List<PythonValues> zoned =
          PythonValues.of("zones.tsv").stream()
              .filter(value -> !value.says().get(1).isEmpty() && !value.name().contains("early"))
              .toList();
      for (PythonValues value : zoned) {
        tables.add(value.pickle());
      }
      assertThat(tables.sql("UPDATE job SET at = at + INTERVAL 181 DAY")).isEqualTo(zoned.size());
      List<String> wanted = tables.query("SELECT at FROM job ORDER BY save_id");
      try (SaveTables again = new SaveTables(MAPPING)) {
        for (int save = 1; save <= zoned.size(); save++) {
          again.add(tables.restore(save));
        }
        assertThat(again.query("SELECT at FROM job ORDER BY save_id")).isEqualTo(wanted);
        int berlin = 1 + names(zoned).indexOf("py311_zoneinfo_winter");
        assertThat(again.query("SELECT ahead FROM job WHERE save_id = " + berlin))
            .as("winter became summer")
            .containsExactly("7200");
        int pytz = 1 + names(zoned).indexOf("py311_pytz_winter");
        assertThat(again.query("SELECT ahead FROM job WHERE save_id = " + pytz))
            .as("the offset that pytz's pickle carries stays")
            .containsExactly("3600");
      }
    }
  }

  private static List<String> names(List<PythonValues> values) {
    return values.stream().map(PythonValues::name).toList();
  }

  /** {'at': x, 'again': x} with x of dateutil's tzlocal, and without zone, protocol 4. */
  @Test
  void theZoneOfWhicheverMachineReadsThePickleIsUnfit() throws Exception {
    byte[] local =
        HexFormat.of()
            .parseHex(
                "80047d94288c026174948c086461746574696d65948c086461746574696d65949394430a07e80701"
                    + "0c0000000000948c0e6461746575"
                    + "74696c2e747a2e747a948c07747a6c6f63616c9493942952948694529475"
                    + "2e");
    try (SaveTables tables = new SaveTables(MAPPING)) {
      SplitSave split = tables.add(local);
      assertThat(tables.query("SELECT at, wall, ahead FROM job")).containsExactly("null null null");
      assertThat(split.counts().unfit()).isEqualTo(1);
      assertThat(tables.restore(1)).isEqualTo(local);
    }
  }

  @Test
  void anOffsetCannotBeChangedAlone() throws Exception {
    PythonValues value =
        PythonValues.of("zones.tsv").stream()
            .filter(v -> v.name().equals("py311_timezone_offset"))
            .findFirst()
            .orElseThrow();
    try (SaveTables tables = new SaveTables(MAPPING)) {
      tables.add(value.pickle());
      tables.sql("UPDATE job SET ahead = 0");
      assertThatThrownBy(() -> tables.restore(1))
          .hasMessage("at: is changed in job.ahead, which the save's structure gives");
    }
  }
}
