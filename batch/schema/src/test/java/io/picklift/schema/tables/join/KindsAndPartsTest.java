package io.picklift.schema.tables.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.codec.Limits;
import io.picklift.codec.diff.Difference;
import io.picklift.codec.diff.GraphDiff;
import io.picklift.codec.json.JsonWriter;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.split.SaveSplitter;
import io.picklift.schema.tables.split.SplitSave;
import io.picklift.schema.testing.EditableRows;
import io.picklift.schema.testing.Saves;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of several kinds in one place, and values that are made of parts by a call. */
class KindsAndPartsTest {
  private static final String MAPPING =
      """
      version: 1
      tables:
        save:
          root: true
          columns:
            ref_int: {path: ref, type: INT, kind: ref_kind}
            ref_str: {path: ref, type: VARCHAR(20), kind: ref_kind}
            counts_a: {path: counts.a, type: INT}
            counts_b: {path: counts.b, type: INT}
            odds_numerator: {path: "odds[0]", type: INT}
            odds_denominator: {path: "odds[1]", type: INT}
        mixed:
          each: save.mixed
          columns:
            mixed_int: {path: ".", type: INT, kind: mixed_kind}
            mixed_str: {path: ".", type: VARCHAR(20), kind: mixed_kind}
      """;

  /**
   * {@code {'ref': 5, 'mixed': ['a', 'b'], 'counts': Counter({'a': 2}), 'odds': Fraction(1, 7)}}.
   */
  private static final String SAVE =
      "80049577000000000000007d94288c03726566944b058c056d69786564945d94288c0161948c01629465"
          + "8c06636f756e7473948c0b636f6c6c656374696f6e73948c07436f756e7465729493947d9468044b0273"
          + "859452948c046f646473948c096672616374696f6e73948c084672616374696f6e9493944b014b078694"
          + "5294752e";

  private Mapping mapping;
  private SplitSave split;
  private EditableRows rows;

  @BeforeEach
  void split() throws Exception {
    mapping = Mapping.parse("mapping.yaml", MAPPING);
    split = SaveSplitter.split(mapping, Saves.decodeHex(SAVE), 1, Limits.defaults());
    rows = new EditableRows(mapping, split.rows());
  }

  private EditableRows again() throws Exception {
    SaveGraph joined = SaveJoiner.join(mapping, split.residue(), rows.rows(), Limits.defaults());
    SaveJoiner.checkLoadable(mapping, Meaning.of(joined, Limits.defaults()));
    SaveGraph read = Saves.decode(Saves.encode(joined));
    return new EditableRows(
        mapping, SaveSplitter.split(mapping, read, 1, Limits.defaults()).rows());
  }

  private void insert(String column, Object value, String kind) {
    rows.insert(
        "mixed", 2, Map.of("save_ordinal", 0, "position", 9, "mixed_kind", kind, column, value));
  }

  /** The old kind's column may keep its value, also beside a new row. */
  @Test
  void aChangedKindHoldsBesideANewRow() throws Exception {
    rows.set("save", 0, "ref_str", "Q");
    rows.set("save", 0, "ref_kind", "str");
    insert("mixed_str", "c", "str");
    assertThat(again().text("save")).contains("ref_int=null", "ref_kind=str", "ref_str=Q");
  }

  @Test
  void aNewRowMayBeOfAKindThatNoOtherHas() throws Exception {
    insert("mixed_int", 7, "int");
    assertThat(again().text("mixed")).contains("mixed_int=7,mixed_kind=int,mixed_str=null");
  }

  @Test
  void aCounterGetsAKey() throws Exception {
    rows.set("save", 0, "counts_b", 4);
    assertThat(again().text("save")).contains("counts_a=2,counts_b=4");
  }

  @ParameterizedTest
  @CsvSource(
      value = {"3,4,", "NULL,4,two whole numbers", "1,0,the second is not 0"},
      nullValues = "NULL")
  void aFractionIsOneThatPythonCanMake(
      @Nullable Integer numerator, int denominator, @Nullable String message) throws Exception {
    rows.set("save", 0, "odds_numerator", numerator);
    rows.set("save", 0, "odds_denominator", denominator);
    if (message == null) {
      assertThat(again().text("save")).contains("odds_denominator=4,odds_numerator=3");
    } else {
      assertThatThrownBy(this::again)
          .isInstanceOf(JoinException.class)
          .hasMessageStartingWith("odds")
          .hasMessageContaining(message);
    }
  }

  /** With one part alone it would be no fraction; without any it is None. */
  @Test
  void aFractionWithoutPartsIsNone() throws Exception {
    rows.set("save", 0, "odds_numerator", null);
    rows.set("save", 0, "odds_denominator", null);
    SaveGraph joined = SaveJoiner.join(mapping, split.residue(), rows.rows(), Limits.defaults());
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    new JsonWriter(Limits.defaults()).write(joined, json);
    assertThat(json.toString(StandardCharsets.UTF_8)).contains("\"odds\": null");
    assertThat(again().text("save")).contains("odds_denominator=null,odds_numerator=null");
  }

  /** Its cells are NULL since the columns are too small: that makes it no None. */
  @Test
  void aFractionThatNoColumnHoldsStays() throws Exception {
    String save =
        "80049584000000000000007d94288c06636f756e7473948c0b636f6c6c656374696f6e73948c07436f75"
            + "6e7465729493947d948c0161944b0273859452948c046f646473948c096672616374696f6e73948c0846"
            + "72616374696f6e9493948a090000000000000000408a09010000000000000002869452948c0372656694"
            + "4b058c056d69786564945d94680661752e";
    split = SaveSplitter.split(mapping, Saves.decodeHex(save), 1, Limits.defaults());
    rows = new EditableRows(mapping, split.rows());
    assertThat(rows.text("save")).contains("odds_denominator=null,odds_numerator=null");
    rows.set("save", 0, "counts_b", 4);
    SaveGraph joined = SaveJoiner.join(mapping, split.residue(), rows.rows(), Limits.defaults());
    Meaning meaning = Meaning.of(joined, Limits.defaults());
    SaveGraph before = Saves.decodeHex(save);
    assertThat(GraphDiff.compare(Meaning.of(before, Limits.defaults()), meaning, 9))
        .containsExactly(new Difference("counts.$args[0].b", "absent", "int 4"));
  }
}
