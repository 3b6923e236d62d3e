package io.picklift.schema.tables.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.schema.testing.PythonValues;
import io.picklift.schema.testing.SaveTables;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Values of several kinds in one place: a column a kind, and one that says which it is. */
@Tag("database")
class KindNamesTest {
  private static final String MAPPING =
      """
      version: 1
      tables:
        setting:
          root: true
          unfit_column: true
          columns:
            v_bool:      {path: ".", type: BOOLEAN, kind: v_kind}
            v_int:       {path: ".", type: BIGINT, kind: v_kind}
            v_timedelta: {path: ".", type: BIGINT, only: timedelta, kind: v_kind}
            v_float:     {path: ".", type: DOUBLE, kind: v_kind}
            v_decimal:   {path: ".", type: "DECIMAL(12,2)", kind: v_kind}
            v_str:       {path: ".", type: VARCHAR(40), kind: v_kind}
            v_bytes:     {path: ".", type: VARBINARY(40), kind: v_kind}
            v_date:      {path: ".", type: DATE, kind: v_kind}
            v_datetime:  {path: ".", type: DATETIME(6), kind: v_kind}
            v_instant:   {path: ".", type: DATETIME(6), zone: utc, kind: v_kind}
            v_time:      {path: ".", type: TIME(6), kind: v_kind}
            v_uuid:      {path: ".", type: BINARY(16), kind: v_kind}
      """;
  private static final List<String> COLUMNS =
      List.of(
          "v_bool",
          "v_int",
          "v_timedelta",
          "v_float",
          "v_decimal",
          "v_str",
          "HEX(v_bytes)",
          "v_date",
          "DATE_FORMAT(v_datetime, '%Y-%m-%d %H:%i:%s.%f')",
          "DATE_FORMAT(v_instant, '%Y-%m-%d %H:%i:%s.%f')",
          "TIME_FORMAT(v_time, '%H:%i:%s.%f')",
          "HEX(v_uuid)");

  @Test
  void eachValueIsInTheColumnOfItsKindAndInNoOther() throws Exception {
    List<PythonValues> all = PythonValues.of("kinds.tsv");
    try (SaveTables tables = new SaveTables(MAPPING)) {
      int save = 0;
      for (PythonValues value : all) {
        save++;
        tables.add(value.pickle());
        String where = " FROM setting WHERE save_id = " + save;
        String kind = value.says().get(0);
        List<String> shown = new ArrayList<>();
        for (String column : COLUMNS) {
          String is = tables.query("SELECT CAST(" + column + " AS CHAR)" + where).get(0);
          if (!is.equals("null")) {
            shown.add(column.replaceAll(".*\\(v_|^v_|\\W.*", "") + "=" + is);
          }
        }
        assertThat(tables.query("SELECT v_kind" + where))
            .as(value.toString())
            .containsExactly(kind);
        String says = value.says().get(1);
        assertThat(shown)
            .as(value.toString())
            .isEqualTo(says.equals("null") ? List.of() : List.of(kind + "=" + says));
        assertThat(tables.restore(save)).as(value.toString()).isEqualTo(value.pickle());
      }
      assertThat(
              tables.query(
                  "SELECT COUNT(*) FROM setting WHERE FIND_IN_SET('v_float', unfit_columns)"))
          .as("each nan")
          .containsExactly("9");
    }
  }

  private static byte[] pickle(String name, int protocol) {
    return PythonValues.of("kinds.tsv").stream()
        .filter(value -> value.name().equals(name) && value.protocol() == protocol)
        .findFirst()
        .orElseThrow()
        .pickle();
  }

  @Test
  void theKindDecidesAfterAnEdit() throws Exception {
    try (SaveTables tables = new SaveTables(MAPPING)) {
      tables.add(pickle("py311_int", 3));
      tables.sql("UPDATE setting SET v_kind = 'str', v_str = 'forty-two'");
      assertThat(tables.restore(1))
          .as("the int that still stands there is of old")
          .contains("forty-two".getBytes(StandardCharsets.UTF_8));
      tables.sql("UPDATE setting SET v_kind = 'date', v_str = NULL, v_date = '2019-02-28'");
      assertThat(tables.restore(1)).isEqualTo(pickle("py311_date", 3));
      tables.sql("UPDATE setting SET v_kind = 'none', v_int = NULL, v_date = NULL");
      assertThat(tables.restore(1)).isEqualTo(pickle("py311_none", 3));
    }
  }

  @Test
  void aKindThatNoColumnBearsOutIsRefused() throws Exception {
    try (SaveTables tables = new SaveTables(MAPPING)) {
      tables.add(pickle("py311_int", 4));
      tables.sql("UPDATE setting SET v_kind = 'date'");
      assertThatThrownBy(() -> tables.restore(1))
          .hasMessage(
              ".: is 'date' by setting.v_kind, but not by the other cells: put a value of that"
                  + " kind into setting.v_date, or set setting.v_kind to 'int'");
      tables.sql("UPDATE setting SET v_kind = 'none'");
      assertThatThrownBy(() -> tables.restore(1))
          .hasMessageEndingWith("set setting.v_int to NULL, or set setting.v_kind to 'int'");
      tables.sql("UPDATE setting SET v_kind = 'number'");
      assertThatThrownBy(() -> tables.restore(1))
          .hasMessageContaining(
              "no column stores that kind: set setting.v_kind to 'bool', 'int', ");
      tables.sql("UPDATE setting SET v_kind = 'int', v_str = 'x'");
      assertThatThrownBy(() -> tables.restore(1)).hasMessageContaining("setting.v_kind");
    }
  }
}
