package io.picklift.schema.tables.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.codec.Limits;
import io.picklift.codec.diff.Difference;
import io.picklift.codec.diff.GraphDiff;
import io.picklift.codec.json.JsonWriter;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.split.SaveSplitter;
import io.picklift.schema.tables.split.SplitSave;
import io.picklift.schema.testing.EditableRows;
import io.picklift.schema.testing.Saves;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * References to objects whose rows were deleted: in columns, and where no column shows them.
 *
 * <p>The pickles are of CPython 3.11 at protocol 4; {@code a} and {@code b} are of a class {@code
 * app.U} and have {@code n} and perhaps {@code to}, {@code tags} and {@code hp}.
 */
class OnMissingTest {
  /** {@code {"us": [a, b], "z": {"a": a, "b": [a, b, a]}}} with {@code b.to} being {@code a}. */
  private static final String LISTS =
      "80049571000000000000007d94288c027573945d94288c03617070948c01559493942981947d9428"
          + "8c016e948c0161948c0474616773945d948c026870944b0a756268052981947d942868088c016294"
          + "8c02746f946806680a5d94680c4b147562658c017a947d942868096806680f5d94286806680d6806"
          + "6575752e";

  /** {@code {"us": [b], "z": {a: 1, b: 2}, "s": {a, b}, "f": frozenset([a])}}. */
  private static final String SET =
      "80049562000000000000007d94288c027573945d948c03617070948c01559493942981947d94288c"
          + "016e948c0162948c02746f9468052981947d9468088c01619473627562618c017a947d9428680b4b"
          + "0168064b02758c0173948f9428680b6806908c01669428680b9194752e";

  /** {@code {"us": [b], "t": (a, 1)}}. */
  private static final String TUPLE =
      "80049547000000000000007d94288c027573945d948c03617070948c01559493942981947d94288c"
          + "016e948c0162948c02746f9468052981947d9468088c01619473627562618c017494680b4b018694"
          + "752e";

  /** {@code {"us": [b], "l": app.L([a, b])}}, whose list has a key {@code k} besides. */
  private static final String BOTH =
      "80049559000000000000007d94288c027573945d948c03617070948c01559493942981947d94288c"
          + "016e948c0162948c02746f9468052981947d9468088c01619473627562618c016c9468038c014c94"
          + "939429529428680b6806658c016b944b0173752e";

  /** {@code {"us": {a, b}}}. */
  private static final String SHOWN_SET =
      "8004953f000000000000007d948c027573948f94288c03617070948c01559493942981947d94288c"
          + "016e948c0162948c02746f9468052981947d9468088c01619473627562680b90732e";

  /** {@code {"us": (a, b)}}. */
  private static final String SHOWN_TUPLE =
      "8004953d000000000000007d948c027573948c03617070948c01559493942981947d948c016e948c"
          + "016194736268042981947d942868078c0162948c02746f94680575628694732e";

  /** {@code {"us": [a, b]}} of a class with slots {@code n} and {@code hp}, and a dict. */
  private static final String SLOTS =
      "80049553000000000000007d948c027573945d94288c03617070948c01559493942981947d948c01"
          + "78944b01737d948c016e948c0161947386946268052981947d9468084b01737d9428680a8c016294"
          + "8c026870944b147586946265732e";

  private static Mapping mapping(String onMissing, String ofColumn) throws Exception {
    return Mapping.parse(
        "mapping.yaml",
        """
        version: 1
        tables:
          save: {root: true}
          unit:
            class: app.U
            %s
            columns: {n: VARCHAR(9), to: {references: unit%s}}
          member: {each: save.us, columns: {unit: {path: ".", references: unit}}}
        """
            .formatted(onMissing, ofColumn));
  }

  private static SplitSave split(Mapping mapping, SaveGraph graph) throws Exception {
    return SaveSplitter.split(mapping, graph, 1, Limits.defaults());
  }

  /** The save without the unit called {@code a}. */
  private static SaveGraph without(Mapping mapping, String hex) throws Exception {
    SplitSave split = split(mapping, Saves.decodeHex(hex));
    EditableRows rows = new EditableRows(mapping, split.rows());
    int gone =
        rows.table("unit").stream()
            .filter(row -> ((byte[]) Objects.requireNonNull(row.cells.get("n")))[0] == 'a')
            .findFirst()
            .orElseThrow()
            .ordinal;
    rows.delete("unit", gone);
    SaveGraph joined = SaveJoiner.join(mapping, split.residue(), rows.rows(), Limits.defaults());
    return Saves.decode(Saves.encode(joined));
  }

  private static String show(SaveGraph graph) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new JsonWriter(Limits.defaults()).write(graph, out);
    return out.toString(StandardCharsets.UTF_8).replaceAll("\\s", "");
  }

  private static List<String> differences(String hex, SaveGraph edited) throws Exception {
    return GraphDiff.compare(Saves.decodeHex(hex), edited, 20, Limits.defaults()).stream()
        .map(Difference::path)
        .toList();
  }

  @Test
  void withoutARuleEachReferenceIsAnError() throws Exception {
    Mapping mapping = mapping("", "");
    assertThatThrownBy(() -> without(mapping, LISTS))
        .isInstanceOf(JoinException.class)
        .hasMessageContaining("is missing in table unit")
        .hasMessageEndingWith(": cells of unit.to, member.unit");
  }

  @Test
  void noneTakesThePlaceOfTheObjectInColumnsAndInTheResidue() throws Exception {
    Mapping mapping = mapping("on_missing: null", "");
    SaveGraph edited = without(mapping, LISTS);
    assertThat(differences(LISTS, edited))
        .containsExactlyInAnyOrder("us[0]", "us[1].to", "z.a", "z.b[0]", "z.b[2]");
    EditableRows rows = new EditableRows(mapping, split(mapping, edited).rows());
    assertThat(rows.table("unit")).hasSize(1);
    assertThat(rows.table("member")).hasSize(2);
    assertThat(rows.row("member", 0).cells.get("unit")).isNull();
  }

  @Test
  void theReferenceLeavesColumnsAndTheResidue() throws Exception {
    Mapping mapping = mapping("on_missing: drop", "");
    SaveGraph edited = without(mapping, LISTS);
    EditableRows rows = new EditableRows(mapping, split(mapping, edited).rows());
    assertThat(rows.table("member")).hasSize(1);
    assertThat(rows.table("unit")).hasSize(1);
    // b has no attribute to any more, z no key a, and the lists have b alone.
    assertThat(show(edited))
        .isEqualTo(
            "{\"us\":[{\"$id\":1,\"$class\":\"app.U\",\"n\":\"b\",\"tags\":[],\"hp\":20}],"
                + "\"z\":{\"b\":[{\"$ref\":1}]}}");
  }

  @Test
  void aKeyAndAMemberOfASetLeaveAndAreNeverNone() throws Exception {
    SaveGraph edited = without(mapping("on_missing: drop", ""), SET);
    EditableRows rows = new EditableRows(mapping("", ""), split(mapping("", ""), edited).rows());
    assertThat(rows.table("unit")).hasSize(1);
    assertThat(show(edited)).doesNotContain("\"a\"");
    Mapping none = mapping("on_missing: null", "");
    assertThatThrownBy(() -> without(none, SET))
        .isInstanceOf(JoinException.class)
        .hasMessageContaining("as None would be: on_missing: drop");
  }

  @Test
  void aTupleKeepsItsPlaces() throws Exception {
    assertThat(differences(TUPLE, without(mapping("on_missing: null", ""), TUPLE)))
        .containsExactlyInAnyOrder("t[0]", "us[0].to");
    Mapping drop = mapping("on_missing: drop", "");
    assertThatThrownBy(() -> without(drop, TUPLE))
        .isInstanceOf(JoinException.class)
        .hasMessageContaining("stands in a tuple");
  }

  @Test
  void anObjectThatWasGivenItemsAndPairsKeepsThePairs() throws Exception {
    SaveGraph edited = without(mapping("on_missing: drop", ""), BOTH);
    assertThat(show(edited)).contains("\"$items\":[{\"$ref\":1}],\"$entries\":[[\"k\",1]]");
  }

  /** Rows of an {@code each} table say themselves what is in a set or tuple. */
  @Test
  void membersThatRowsShowAreAsTheRowsSay() throws Exception {
    Mapping drop = mapping("on_missing: drop", "");
    assertThat(show(without(drop, SHOWN_SET)))
        .isEqualTo("{\"us\":{\"$set\":[{\"$class\":\"app.U\",\"n\":\"b\"}]}}");
    assertThat(show(without(drop, SHOWN_TUPLE)))
        .isEqualTo("{\"us\":{\"$tuple\":[{\"$class\":\"app.U\",\"n\":\"b\"}]}}");
    assertThat(show(without(mapping("on_missing: null", ""), SHOWN_TUPLE)))
        .contains("\"$tuple\":[null,");
  }

  /** The column's own word counts for what it shows, and for nothing else. */
  @Test
  void aColumnMaySayOtherwise() throws Exception {
    Mapping mapping = mapping("on_missing: drop", ", on_missing: null");
    assertThat(show(without(mapping, LISTS))).contains("\"to\":null");
    Mapping error = mapping("on_missing: drop", ", on_missing: error");
    assertThatThrownBy(() -> without(error, LISTS))
        .isInstanceOf(JoinException.class)
        .hasMessageContaining("refers to row");
  }

  /** {@code {"us": [a, v, b], "k": {a: 1, b: 2}}}, where {@code v} is of a class {@code app.V}. */
  private static final String TWO =
      "8004955d000000000000007d94288c027573945d94288c03617070948c01559493942981947d948c"
          + "016e948c016194736268038c01569493942981947d9468088c017694736268052981947d946808"
          + "8c0162947362658c016b947d942868064b01680f4b0275752e";

  /** A member may be of either class, and a row says by one column of which it is. */
  @Test
  void aRowLeavesOnlyWhereNoOtherColumnSaysWhatTheMemberIs() throws Exception {
    Mapping mapping =
        Mapping.parse(
            "mapping.yaml",
            """
            version: 1
            tables:
              save: {root: true}
              unit: {class: app.U, on_missing: drop, columns: {n: VARCHAR(9)}}
              van: {class: app.V, columns: {n: VARCHAR(9)}}
              member:
                each: save.us
                columns:
                  unit: {path: ".", references: unit}
                  van: {path: ".", references: van}
              worth:
                each: save.k
                columns:
                  unit: {path: "$key", references: unit}
                  n: {path: ".", type: INT}
            """);
    SplitSave split = split(mapping, Saves.decodeHex(TWO));
    EditableRows rows = new EditableRows(mapping, split.rows());
    rows.delete("unit", 0);
    assertThat(show(SaveJoiner.join(mapping, split.residue(), rows.rows(), Limits.defaults())))
        .isEqualTo(
            "{\"us\":[{\"$class\":\"app.V\",\"n\":\"v\"},"
                + "{\"$id\":1,\"$class\":\"app.U\",\"n\":\"b\"}],"
                + "\"k\":{\"$dict\":[[{\"$ref\":1},2]]}}");
    // Another one is the first member now: its row stays.
    rows.set("member", 0, "van", 0);
    rows.delete("member", 1);
    assertThat(show(SaveJoiner.join(mapping, split.residue(), rows.rows(), Limits.defaults())))
        .startsWith("{\"us\":[{\"$class\":\"app.V\",\"n\":\"v\"},{\"$id\":1,");
  }

  private static Mapping given(String value) throws Exception {
    return Mapping.parse(
        "mapping.yaml",
        """
        version: 1
        tables:
          save: {root: true}
          unit:
            class: app.U
            new: %s
            columns: {n: VARCHAR(9), to: {references: unit}}
          member: {each: save.us, columns: {unit: {path: ".", references: unit}}}
        """
            .formatted(value));
  }

  private static String born(Mapping mapping) throws Exception {
    return born(mapping, LISTS);
  }

  private static String born(Mapping mapping, String hex) throws Exception {
    SplitSave split = split(mapping, Saves.decodeHex(hex));
    EditableRows rows = new EditableRows(mapping, split.rows());
    rows.insert("unit", 2, Map.of("n", "c"));
    rows.insert("member", 2, Map.of("save_ordinal", 0, "position", 2, "unit", 2));
    SaveGraph joined = SaveJoiner.join(mapping, split.residue(), rows.rows(), Limits.defaults());
    return show(Saves.decode(Saves.encode(joined)));
  }

  /** Only b has the slot hp. */
  @Test
  void aSlotGetsItsValueToo() throws Exception {
    String save = born(given("{hp: 100}"), SLOTS);
    assertThat(save).contains("\"n\":\"c\",\"hp\":100");
  }

  /** Of hp the objects have different values; all have an empty list for tags. */
  @Test
  void aNewObjectHasWhatTheMappingGives() throws Exception {
    assertThat(born(given("{}"))).contains("{\"$class\":\"app.U\",\"n\":\"c\",\"tags\":[]}");
    assertThat(born(given("{hp: 100, tags: [x, 1.5], extra: {k: null, flag: true}}")))
        .contains(
            "{\"$class\":\"app.U\",\"n\":\"c\",\"tags\":[\"x\",1.5],\"hp\":100,"
                + "\"extra\":{\"k\":null,\"flag\":true}}");
  }
}
