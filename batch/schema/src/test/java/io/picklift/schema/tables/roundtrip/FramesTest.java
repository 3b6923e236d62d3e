package io.picklift.schema.tables.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.schema.tables.document.JsonReader;
import io.picklift.schema.testing.ProfiledTables;
import io.picklift.schema.testing.PythonValues;
import io.picklift.schema.testing.SaveTables;
import io.picklift.schema.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tables of pandas and numpy are rows, and come back byte for byte. */
@Tag("database")
class FramesTest {
  private static final String MAPPING =
      """
      version: 1
      tables:
        reading:
          root: true
        line:
          each: reading.at
          columns:
            label:  {path: $index, type: VARCHAR(40)}
            first:  {path: "$index[0]", type: VARCHAR(40)}
            second: {path: "$index[1]", type: BIGINT}
            number: {path: $index, type: BIGINT}
            price:  DOUBLE
            n:      BIGINT
            name:   VARCHAR(40)
            at:     DATETIME(6)
            atz:    {type: DATETIME(6), zone: utc, offset: atz_ahead}
            kind:   VARCHAR(40)
            maybe:  BIGINT
            txt:    VARCHAR(40)
            ok:     BOOLEAN
            took:   BIGINT
      """;

  private static final String CELLS =
      """
      SELECT label, price, n, name, DATE_FORMAT(at, '%Y-%m-%d %H:%i:%s.%f'),
             DATE_FORMAT(atz, '%Y-%m-%d %H:%i:%s.%f'), atz_ahead, kind, maybe, txt, ok + 0, took
      FROM line WHERE save_id =\
      """;

  private static List<PythonValues> values() {
    return PythonValues.of("frames.tsv.gz");
  }

  private static PythonValues value(String name, int protocol) {
    return values().stream()
        .filter(value -> value.name().equals(name) && value.protocol() == protocol)
        .findFirst()
        .orElseThrow();
  }

  /** Rows of what Python says. */
  private static List<List<@Nullable String>> rows(PythonValues value) {
    byte[] json = value.says().get(0).getBytes(StandardCharsets.UTF_8);
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (Object row : (List<?>) Objects.requireNonNull(JsonReader.parse(json, 0, json.length))) {
      List<@Nullable String> cells = new ArrayList<>();
      for (Object cell : (List<?>) row) {
        cells.add(cell instanceof String text ? text : null);
      }
      rows.add(cells);
    }
    return rows;
  }

  private static String line(List<@Nullable String> cells) {
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      boolean isReal = i == 1 && cell != null;
      shown.add(isReal ? String.valueOf(Double.parseDouble(String.valueOf(cell))) : "" + cell);
    }
    return String.join(" ", shown);
  }

  private static String isLine(String queried) {
    String[] cells = queried.split(" ", 3);
    return cells[1].equals("null")
        ? queried
        : cells[0] + " " + Double.parseDouble(cells[1]) + " " + cells[2];
  }

  @Test
  void theirCellsAreWhatPythonSays() throws Exception {
    List<String> wrong = new ArrayList<>();
    try (SaveTables tables = new SaveTables(MAPPING)) {
      int save = 0;
      for (PythonValues value : values()) {
        if (value.says().get(0).equals("[]") && !value.name().matches(".*_(empty|no_columns)")) {
          continue;
        }
        save++;
        int unfit = tables.add(value.pickle()).counts().unfit();
        List<String> wanted = rows(value).stream().map(FramesTest::line).toList();
        List<String> is =
            tables.query(CELLS + save + " ORDER BY position").stream()
                .map(FramesTest::isLine)
                .toList();
        if (!is.equals(wanted) || unfit > 0) {
          wrong.add(value + ":\n  " + is + " and not\n  " + wanted + ", " + unfit + " unfit");
        }
        assertThat(tables.restore(save)).as(value.toString()).isEqualTo(value.pickle());
      }
      assertThat(wrong).isEmpty();
      assertThat(save).isGreaterThan(90);
    }
  }

  @Test
  void theLevelsOfAnIndexAreColumns() throws Exception {
    try (SaveTables tables = new SaveTables(MAPPING)) {
      for (String version : List.of("0.2", "1.0", "1.1", "1.5", "2.2")) {
        tables.add(value(version + "_multi_index", 2).pickle());
      }
      assertThat(tables.query("SELECT DISTINCT first, second FROM line ORDER BY first, second"))
          .containsExactly("a 1", "a 2", "b 1", "b 2");
      assertThat(tables.query("SELECT COUNT(*) FROM line WHERE second = 2")).containsExactly("10");
    }
  }

  @Test
  void changedCellsComeBack() throws Exception {
    List<PythonValues> all =
        values().stream().filter(value -> value.name().endsWith("_all")).toList();
    try (SaveTables tables = new SaveTables(MAPPING);
        SaveTables again = new SaveTables(MAPPING)) {
      for (PythonValues value : all) {
        tables.add(value.pickle());
      }
      tables.sql(
          """
          UPDATE line SET price = 8.5, n = 77, name = 'new', at = '2030-02-03 04:05:06.000007',
                 atz = '2030-07-01 10:00:00', kind = 'y', txt = 'other', ok = 0, took = 99
          WHERE position = 0
          """);
      tables.sql("UPDATE line SET price = NULL, at = NULL, kind = NULL WHERE position = 1");
      for (int save = 1; save <= all.size(); save++) {
        again.add(tables.restore(save));
        assertThat(again.query(CELLS + save + " AND position = 0"))
            .as(all.get(save - 1).toString())
            .containsExactly(
                "null 8.5 77 new 2030-02-03 04:05:06.000007 2030-07-01 10:00:00.000000 7200 y 1"
                    + " other 0 99");
      }
      assertThat(
              again.query(
                  "SELECT COUNT(*) FROM line WHERE position = 1 AND price IS NULL AND at IS NULL"
                      + " AND kind IS NULL AND name IS NOT NULL"))
          .containsExactly(String.valueOf(all.size()));
    }
  }

  @Test
  void whatAnArrayCannotHoldIsRefusedWithTheReason() throws Exception {
    try (SaveTables tables = new SaveTables(MAPPING)) {
      tables.add(value("2.2_small_types", 5).pickle());
      tables.sql("UPDATE line SET n = 100000 WHERE position = 0");
      assertThatThrownBy(() -> tables.restore(1))
          .hasMessageContaining("at[0].n")
          .hasMessageContaining("the type of its array does not hold it");
      tables.sql("UPDATE line SET n = NULL WHERE position = 0");
      assertThatThrownBy(() -> tables.restore(1))
          .hasMessageContaining("no mark for a value that is not there");
      tables.sql("UPDATE line SET n = 7 WHERE position = 0");
      assertThat(tables.restore(1)).isEqualTo(value("2.2_small_types", 5).pickle());
      tables.sql("DELETE FROM line WHERE position = 1");
      assertThatThrownBy(() -> tables.restore(1)).hasMessageContaining("is missing in table line");
    }
  }

  @Test
  void theFirstMappingHasATableForThem() throws Exception {
    List<byte[]> pickles =
        values().stream()
            .filter(value -> value.name().endsWith("_all") || value.name().endsWith("_text_index"))
            .map(PythonValues::pickle)
            .toList();
    ProfiledTables tables = ProfiledTables.of(pickles);
    tables.assertRestored();
    assertThat(tables.text())
        .contains("each: save.at")
        .containsPattern("price: +DOUBLE")
        .containsPattern("label: +\\{path: \"?\\$index");
    assertThat(tables.unfit()).isZero();
    assertThat(tables.percentInColumns()).isEqualTo(100);
    TestDatabase database = TestDatabase.get();
    try (Connection connection = database.connect(database.freshSchema())) {
      tables.create(connection);
      tables.assertRestoredFrom(connection);
      assertThat(
              ProfiledTables.ask(
                  connection, "SELECT COUNT(*) FROM save_at WHERE price > 1 AND kind = 'x'"))
          .isEqualTo(String.valueOf(2 * pickles.size()));
    }
  }

  @Test
  void seriesAndStructuredArraysAreRowsToo() throws Exception {
    List<byte[]> pickles =
        values().stream()
            .filter(value -> value.name().contains("_series") || value.name().endsWith("_fields"))
            .map(PythonValues::pickle)
            .toList();
    ProfiledTables tables = ProfiledTables.of(pickles);
    tables.assertRestored();
    assertThat(tables.text()).contains("each: save.at").contains("$value").contains("$index");
    assertThat(tables.unfit()).isZero();
  }

  @Test
  void whatIsNotKnownIsNamedAndComesBack() throws Exception {
    List<byte[]> pickles =
        values().stream()
            .filter(value -> value.name().endsWith("_periods"))
            .map(PythonValues::pickle)
            .toList();
    assertThat(pickles).isNotEmpty();
    ProfiledTables tables = ProfiledTables.of(pickles);
    tables.assertRestored();
    assertThat(tables.text())
        .containsPattern("- month +# a column of pandas or numpy of a layout that is not known");
  }

  @Test
  void whatIsReadInPartNamesTheRest() throws Exception {
    List<byte[]> pickles =
        values().stream()
            .filter(value -> value.name().endsWith("_odd"))
            .map(PythonValues::pickle)
            .toList();
    ProfiledTables tables = ProfiledTables.of(pickles);
    tables.assertRestored();
    assertThat(tables.text())
        .containsPattern("- at.masked +# not read: numpy.ma.core._mareconstruct")
        .containsPattern("- at.grid +# not read: numpy._core.multiarray._reconstruct")
        .containsPattern("- at.void +# not read: numpy._core.multiarray.scalar")
        .containsPattern("- at.waves +# not read: ")
        .containsPattern("- at.long +# not read: ")
        .containsPattern("- at.nat +# not read: ")
        .containsPattern("- at.periods +# a column of pandas or numpy of a layout")
        .containsPattern("- at.sparse +# a column of pandas or numpy of a layout")
        .containsPattern("- pair +# a column of pandas or numpy of a layout")
        .containsPattern("- \"\\$index\" +# a column of pandas or numpy of a layout")
        .contains("a_x: {path: \"[\\\"a.x\\\"]\", type: SMALLINT}")
        .contains("d_k: {path: d.k, type: SMALLINT}")
        .contains("v_str:   {path: v, type: VARCHAR(16), kind: v_kind}")
        // Infinity; nan is what pandas marks as missing.
        .contains("only: special")
        .doesNotContain("class:");
    assertThat(tables.unfit()).isZero();
  }

  @Test
  void aRecordThatHoldsOneIsNoDocument() throws Exception {
    ProfiledTables tables = ProfiledTables.of(List.of(value("2.2_record", 5).pickle()));
    tables.assertRestored();
    assertThat(tables.text()).contains("each: save.at.prices").doesNotContain("JSON");
    assertThat(tables.percentInColumns()).isEqualTo(100);
  }
}
