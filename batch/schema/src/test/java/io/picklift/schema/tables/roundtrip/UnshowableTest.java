package io.picklift.schema.tables.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.schema.testing.SaveTables;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** NULL and null never read as a value that is there. */
@Tag("database")
class UnshowableTest {
  /**
   * Python 3.11, protocol 4, of {@code {"data": {"nan": float("nan"), "inf": -float("inf"), "none":
   * None, "big": 2 ** 70, "bytes": b"\xff", "delta": timedelta(1, 2, 3), "class": OrderedDict,
   * "text": "\ud800", "odd": {1: "a", "b": 2}, "set": {1}}, "score": float("nan")}}.
   */
  private static final byte[] ODD =
      HexFormat.of()
          .parseHex(
              "800495e4000000000000007d94288c0464617461947d94288c036e616e94477ff80000000000008c03696e66"
                  + "9447fff00000000000008c046e6f6e65944e8c03626967948a090000000000000000408c0562797465739443"
                  + "01ff948c0564656c7461948c086461746574696d65948c0974696d6564656c74619493944b014b024b038794"
                  + "52948c05636c617373948c0b636f6c6c656374696f6e73948c0b4f726465726564446963749493948c047465"
                  + "7874948c03eda080948c036f6464947d94284b018c0161948c0162944b02758c03736574948f94284b019075"
                  + "8c0573636f726594477ff8000000000000752e");

  /** Protocol 0 of {@code {"data": {"member": Color(1), "word": Word("w"), "none": Empty()}}}. */
  private static final byte[] CALLS =
      """
      (dp0
      Vdata
      p1
      (dp2
      Vmember
      p3
      cshop
      Color
      p4
      (I1
      tp5
      Rp6
      sVword
      p7
      cshop
      Word
      p8
      (Vw
      p9
      tp10
      Rp11
      sVnone
      p12
      cshop
      Empty
      p13
      (tRp14
      ss."""
          .getBytes(StandardCharsets.US_ASCII);

  private static final String MAPPING =
      """
      version: 1
      tables:
        save:
          root: true
          unfit_column: true
          columns:
            data: JSON
            score: DOUBLE
      """;

  @Test
  void aDocumentShowsWhatJsonHasNoTypeForAsDecodeDoes() throws Exception {
    try (SaveTables tables = new SaveTables(MAPPING)) {
      tables.add(ODD);
      assertThat(
              tables.query(
                  "SELECT JSON_EXTRACT(data, '$.nan.\"$float\"'), JSON_EXTRACT(data, '$.inf.\"$float\"'),"
                      + " JSON_EXTRACT(data, '$.none'), JSON_EXTRACT(data, '$.big.\"$int\"'),"
                      + " JSON_EXTRACT(data, '$.bytes.\"$bytes\"'), JSON_EXTRACT(data, '$.text.\"$str\"'),"
                      + " JSON_EXTRACT(data, '$.class.\"$global\"'),"
                      + " JSON_EXTRACT(data, '$.delta.\"$timedelta\"[2]'),"
                      + " JSON_EXTRACT(data, '$.odd.\"$dict\"[0][1]') FROM save"))
          .containsExactly(
              "\"nan\" \"-inf\" null \"1180591620717411303424\" \"/w==\" \"7aCA\""
                  + " \"collections.OrderedDict\" 3 \"a\"");
      assertThat(tables.restore(1)).isEqualTo(ODD);
    }
  }

  @Test
  void aCallOfOneValueShowsThatValueAndAnyOtherItsForm() throws Exception {
    try (SaveTables tables = new SaveTables(MAPPING)) {
      tables.add(CALLS);
      assertThat(
              tables.query(
                  "SELECT JSON_EXTRACT(data, '$.member'), JSON_EXTRACT(data, '$.word'),"
                      + " JSON_EXTRACT(data, '$.none.\"$call\"') FROM save"))
          .containsExactly("1 \"w\" \"shop.Empty\"");
      assertThat(tables.restore(1)).isEqualTo(CALLS);
    }
  }

  @Test
  void aFormBecomesANumberButNoOtherForm() throws Exception {
    try (SaveTables tables = new SaveTables(MAPPING)) {
      tables.add(ODD);
      tables.sql("UPDATE save SET data = JSON_SET(data, '$.nan', 1.5)");
      assertThat(new String(tables.restore(1), StandardCharsets.ISO_8859_1))
          .contains("nan\u0094G?\u00f8");
      tables.sql("UPDATE save SET data = JSON_SET(data, '$.inf.\"$float\"', 'inf')");
      assertThatThrownBy(() -> tables.restore(1)).hasMessageContaining("key that begins with $");
    }
  }

  @Test
  void theRowSaysWhichOfItsNullsHideAValue() throws Exception {
    try (SaveTables tables = new SaveTables(MAPPING)) {
      tables.add(ODD);
      assertThat(tables.query("SELECT score, unfit_columns FROM save"))
          .containsExactly("null score");
      tables.sql("UPDATE save SET score = 2");
      assertThat(tables.restore(1)).as("mended").isNotEqualTo(ODD);
    }
  }
}
