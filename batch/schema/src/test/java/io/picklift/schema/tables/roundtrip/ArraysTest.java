package io.picklift.schema.tables.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.schema.tables.document.JsonReader;
import io.picklift.schema.testing.PythonValues;
import io.picklift.schema.testing.SaveTables;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What numpy and pandas pickled stands in columns as what it is, and comes back byte for byte. */
@Tag("database")
class ArraysTest {
  private static final String SCALARS =
      """
      version: 1
      tables:
        reading:
          root: true
          columns:
            v_bool:      {path: at, type: BOOLEAN, kind: v_kind}
            v_int:       {path: at, type: BIGINT, kind: v_kind}
            v_timedelta: {path: at, type: BIGINT, only: timedelta, kind: v_kind}
            v_float:     {path: at, type: DOUBLE, kind: v_kind}
            v_str:       {path: at, type: VARCHAR(40), kind: v_kind}
            v_bytes:     {path: at, type: VARBINARY(40), kind: v_kind}
            v_datetime:  {path: at, type: DATETIME(6), kind: v_kind}
            v_instant:   {path: at, type: DATETIME(6), zone: utc, kind: v_kind}
      """;
  private static final String ARRAYS =
      """
      version: 1
      tables:
        reading:
          root: true
          columns:
            shown:  {path: at, type: JSON}
            packed: {path: at, type: LONGBLOB, dtype: packed_dtype, shape: packed_shape}
      """;

  private static List<PythonValues> values(boolean areArrays) {
    return PythonValues.of("arrays.tsv").stream()
        .filter(value -> value.says().get(0).equals("array") == areArrays)
        .toList();
  }

  @Test
  void scalarsAreWhatPythonSaysTheyAre() throws Exception {
    List<String> wrong = new ArrayList<>();
    try (SaveTables tables = new SaveTables(SCALARS)) {
      int save = 0;
      for (PythonValues value : values(false)) {
        save++;
        tables.add(value.pickle());
        String column =
            switch (value.says().get(0)) {
              case "datetime", "instant" ->
                  "DATE_FORMAT(v_" + value.says().get(0) + ", '%Y-%m-%d %H:%i:%s.%f')";
              case "bytes" -> "HEX(v_bytes)";
              case "other" -> "NULL";
              default -> "v_" + value.says().get(0);
            };
        String is =
            tables
                .query("SELECT v_kind, " + column + " FROM reading WHERE save_id = " + save)
                .get(0);
        String says = value.says().get(0) + " " + value.says().get(1);
        if (!is.equals(says) && !(value.says().get(0).equals("float") && same(is, says))) {
          wrong.add(value + " is " + is + " and not " + says);
        }
        assertThat(tables.restore(save)).as(value.toString()).isEqualTo(value.pickle());
      }
      assertThat(wrong).isEmpty();
      assertThat(save).isGreaterThan(600);
    }
  }

  private static boolean same(String is, String says) {
    String number = is.substring("float ".length());
    return !number.equals("null")
        && Double.parseDouble(number) == Double.parseDouble(says.substring("float ".length()));
  }

  @Test
  void arraysAreWhatPythonSaysTheyAre() throws Exception {
    try (SaveTables tables = new SaveTables(ARRAYS)) {
      int save = 0;
      for (PythonValues value : values(true)) {
        save++;
        tables.add(value.pickle());
        String where = " FROM reading WHERE save_id = " + save;
        List<String> says = value.says();
        boolean isObjects = says.get(1).equals("|O");
        assertThat(tables.query("SELECT packed_dtype, packed_shape" + where))
            .as(value.toString())
            .containsExactly(says.get(1) + " " + says.get(2));
        assertThat(tables.query("SELECT HEX(packed)" + where))
            .as(value.toString())
            .containsExactly(isObjects ? "null" : says.get(3));
        byte[] shown = tables.query("SELECT shown" + where).get(0).getBytes(StandardCharsets.UTF_8);
        byte[] list = says.get(4).getBytes(StandardCharsets.UTF_8);
        assertThat(
                JsonReader.same(
                    JsonReader.parse(shown, 0, shown.length),
                    JsonReader.parse(list, 0, list.length)))
            .as(value + " " + new String(shown, StandardCharsets.UTF_8))
            .isTrue();
        assertThat(tables.restore(save)).as(value.toString()).isEqualTo(value.pickle());
      }
      assertThat(save).isGreaterThan(80);
    }
  }

  @Test
  void aChangedNumberIsOfTheSameTypeAgain() throws Exception {
    List<PythonValues> sevens =
        values(false).stream().filter(value -> value.name().endsWith("seven")).toList();
    try (SaveTables tables = new SaveTables(SCALARS)) {
      for (PythonValues value : sevens) {
        tables.add(value.pickle());
      }
      tables.sql("UPDATE reading SET v_int = 42");
      try (SaveTables again = new SaveTables(SCALARS)) {
        for (int save = 1; save <= sevens.size(); save++) {
          byte[] restored = tables.restore(save);
          assertThat(restored).hasSameSizeAs(sevens.get(save - 1).pickle());
          again.add(restored);
        }
        assertThat(again.query("SELECT COUNT(*) FROM reading WHERE v_int = 42"))
            .containsExactly(String.valueOf(sevens.size()));
      }
    }
  }

  @Test
  void aNumberThatTheTypeCannotHoldIsRefused() throws Exception {
    PythonValues value =
        values(false).stream().filter(v -> v.name().equals("i1<seven")).findFirst().orElseThrow();
    try (SaveTables tables = new SaveTables(SCALARS)) {
      tables.add(value.pickle());
      tables.sql("UPDATE reading SET v_int = 300");
      assertThatThrownBy(() -> tables.restore(1)).hasMessageContaining("cannot hold the value");
    }
  }
}
