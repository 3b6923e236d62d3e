package io.picklift.schema.tables.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.codec.Limits;
import io.picklift.codec.diff.Difference;
import io.picklift.codec.diff.GraphDiff;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.split.SaveSplitter;
import io.picklift.schema.tables.split.SplitSave;
import io.picklift.schema.testing.EditableRows;
import io.picklift.schema.testing.Saves;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rows that were deleted, inserted or moved: what the save becomes, and what is refused. */
class RowEditsTest {
  private static SplitSave split(Mapping mapping, SaveGraph graph) throws Exception {
    return SaveSplitter.split(mapping, graph, 1, Limits.defaults());
  }

  private static SaveGraph join(Mapping mapping, SplitSave split, EditableRows rows)
      throws Exception {
    return SaveJoiner.join(mapping, split.residue(), rows.rows(), Limits.defaults());
  }

  /** What a split of the written pickle has: the rows as the next reader sees them. */
  private static EditableRows again(Mapping mapping, SaveGraph joined) throws Exception {
    SplitSave split = split(mapping, Saves.decode(Saves.encode(joined)));
    return new EditableRows(mapping, split.rows());
  }

  @Test
  void anObjectThatNothingRefersToLeavesWithItsRow() throws Exception {
    Mapping mapping = Saves.mapping();
    SplitSave split = split(mapping, Saves.decode(Saves.pickle("0017")));
    EditableRows rows = new EditableRows(mapping, split.rows());
    int relations = rows.table("relationship").size();
    int messages = rows.table("message").size();
    rows.delete("message", 3);
    rows.delete("message", 5);
    SaveGraph joined = join(mapping, split, rows);
    assertThat(again(mapping, joined).table("message")).hasSize(messages - 2);
    assertThat(again(mapping, joined).table("relationship")).hasSize(relations);
  }

  @Test
  void membersOfADeletedRowAreNamedWithTheStatementThatDeletesThem() throws Exception {
    Mapping mapping = Saves.mapping();
    SplitSave split = split(mapping, Saves.decode(Saves.pickle("0017")));
    EditableRows rows = new EditableRows(mapping, split.rows());
    rows.delete("conversation", 0);
    assertThatThrownBy(() -> join(mapping, split, rows))
        .isInstanceOf(JoinException.class)
        .hasMessageStartingWith("conversations[")
        .hasMessageContaining("its row 0 is missing in table conversation, and table message still")
        .hasMessageEndingWith(
            ": DELETE FROM message WHERE save_id = 1 AND conversation_ordinal = 0");
  }

  @Test
  void anObjectThatIsStillReferredToIsNamedByPath() throws Exception {
    Mapping mapping = Saves.mapping();
    SplitSave split = split(mapping, Saves.decode(Saves.pickle("0017")));
    EditableRows rows = new EditableRows(mapping, split.rows());
    rows.delete("person", 3);
    assertThatThrownBy(() -> join(mapping, split, rows))
        .isInstanceOf(JoinException.class)
        .hasMessageContaining("row 3");
  }

  private static final String LISTS =
      """
      version: 1
      tables:
        save: {root: true}
        one:
          each: save.a
          columns: {value: {path: ".", type: VARCHAR(20)}}
        other:
          each: save.b
          columns: {value: {path: ".", type: VARCHAR(20)}}
      """;

  /** A list that two places show has rows under each. */
  @Test
  void anEditUnderOneTableIsOneOfTheListThatAnotherShows() throws Exception {
    Mapping mapping = Mapping.parse("mapping.yaml", LISTS.replace("each: save.b", "each: save.c"));
    // l = ["x", "y"]; {"a": l, "c": l}: the tables one and other show the same list.
    SaveGraph graph = Saves.decodeHex("80047d94288c0161945d94288c0178948c017994658c0163946802752e");
    SplitSave split = split(mapping, graph);
    EditableRows rows = new EditableRows(mapping, split.rows());
    rows.delete("one", 0);
    rows.insert("one", 2, Map.of("save_ordinal", 0, "position", 9, "value", "z"));
    assertThat(texts(again(mapping, join(mapping, split, rows)), "other"))
        .containsExactly("y", "z");
    rows.set("other", 1, "value", "q");
    assertThatThrownBy(() -> join(mapping, split, rows))
        .isInstanceOf(JoinException.class)
        .hasMessageContaining("table one under row 0 of save and in table other under row 0")
        .hasMessageContaining("were edited in different ways");
    // Alike once more.
    rows.set("one", 1, "value", "q");
    rows.delete("other", 0);
    rows.insert("other", 2, Map.of("save_ordinal", 0, "position", 9, "value", "z"));
    assertThat(texts(again(mapping, join(mapping, split, rows)), "one")).containsExactly("q", "z");
  }

  private static List<String> texts(EditableRows rows, String table) {
    return rows.table(table).stream()
        .map(row -> new String((byte[]) row.cells.get("value"), StandardCharsets.UTF_8))
        .toList();
  }

  private static final String GROUPS =
      """
      version: 1
      tables:
        save: {root: true}
        grp: {each: save.gs}
        item: {each: grp.l, columns: {value: {path: ".", type: VARCHAR(20)}}}
      """;

  private static EditableRows groups(Mapping mapping, SplitSave split) throws Exception {
    return new EditableRows(mapping, split.rows());
  }

  /** Of one list that two dicts have, each has rows: 0 and 1 are one's, 2 and 3 the other's. */
  @Test
  void anEditUnderOneOwnerIsOneUnderAll() throws Exception {
    Mapping mapping = Mapping.parse("mapping.yaml", GROUPS);
    // l = ["x", "y"]; {"gs": [{"l": l}, {"l": l}]}
    SaveGraph graph =
        Saves.decodeHex(
            "80049527000000000000007d948c026773945d94287d948c016c945d94288c0178948c01799465737d"
                + "94680468057365732e");
    SplitSave split = split(mapping, graph);
    EditableRows gone = groups(mapping, split);
    gone.delete("item", 2);
    EditableRows again = again(mapping, join(mapping, split, gone));
    assertThat(texts(again, "item")).containsExactly("y", "y");

    EditableRows moved = groups(mapping, split);
    moved.set("item", 0, "position", 7);
    moved.insert("item", 9, Map.of("grp_ordinal", 0, "position", 3, "value", "new"));
    assertThat(texts(again(mapping, join(mapping, split, moved)), "item"))
        .containsExactly("y", "new", "x", "y", "new", "x");

    EditableRows changed = groups(mapping, split);
    changed.set("item", 3, "value", "Y");
    assertThat(texts(again(mapping, join(mapping, split, changed)), "item"))
        .containsExactly("x", "Y", "x", "Y");
    // The other's rows are still what they were: they say nothing.
    changed.delete("item", 2);
    assertThat(texts(again(mapping, join(mapping, split, changed)), "item"))
        .containsExactly("Y", "Y");
    changed.set("item", 0, "value", "X");
    assertThatThrownBy(() -> join(mapping, split, changed))
        .isInstanceOf(JoinException.class)
        .hasMessage(
            "gs[0]: has a container that gs[1] has as well, and its members in table item under"
                + " row 0 of grp and in table item under row 1 of grp were edited in different"
                + " ways: edit them alike, or one of them alone");
  }

  /** The other owners' lists say what it is. */
  @Test
  void anOwnerWithoutAContainerGetsOneForItsNewMembers() throws Exception {
    Mapping mapping = Mapping.parse("mapping.yaml", GROUPS);
    // {"gs": [{"l": ["x"]}, {}, {"l": None}, {"l": 5}]}
    SaveGraph graph =
        Saves.decodeHex(
            "8004952a000000000000007d948c026773945d94287d948c016c945d948c01789461737d947d946804"
                + "4e737d9468044b057365732e");
    SplitSave split = split(mapping, graph);
    EditableRows rows = groups(mapping, split);
    rows.insert("item", 1, Map.of("grp_ordinal", 1, "position", 0, "value", "y"));
    rows.insert("item", 2, Map.of("grp_ordinal", 2, "position", 0, "value", "z"));
    SaveGraph joined = join(mapping, split, rows);
    assertThat(GraphDiff.compare(graph, joined, 10, Limits.defaults()))
        .extracting(Difference::path)
        .containsExactlyInAnyOrder("gs[1].l", "gs[2].l");
    EditableRows again = again(mapping, joined);
    assertThat(texts(again, "item")).containsExactly("x", "y", "z");
    assertThat(again.table("item"))
        .extracting(row -> row.cells.get("grp_ordinal"))
        .containsExactly(0L, 1L, 2L);
    // What is neither a container nor None stays.
    rows.insert("item", 3, Map.of("grp_ordinal", 3, "position", 0, "value", "q"));
    assertThatThrownBy(() -> join(mapping, split, rows))
        .isInstanceOf(JoinException.class)
        .hasMessageContaining("gs[3]: has no container for the 1 rows of table item");
  }

  /** Members that have members go and come with these. */
  @Test
  void whatMembersOfASharedListOwnFollowsThem() throws Exception {
    Mapping mapping =
        Mapping.parse(
            "mapping.yaml",
            GROUPS.replace("value: {path: \".\", type: VARCHAR(20)}", "n: VARCHAR(9)")
                + "  sub: {each: item.t, columns: {value: {path: \".\", type: VARCHAR(9)}}}\n");
    // m = [{"n": "x", "t": ["p"]}, {"n": "y", "t": ["q", "r"]}]; {"gs": [{"l": m}, {"l": m}]}
    SaveGraph graph =
        Saves.decodeHex(
            "8004954e000000000000007d948c026773945d94287d948c016c945d94287d94288c016e948c017894"
                + "8c0174945d948c01709461757d942868078c01799468095d94288c0171948c0172946575"
                + "65737d94680468057365732e");
    SplitSave split = split(mapping, graph);
    EditableRows rows = groups(mapping, split);
    rows.delete("item", 0);
    rows.delete("sub", 0);
    rows.insert("item", 4, Map.of("grp_ordinal", 0, "position", 5, "n", "z"));
    rows.insert("sub", 6, Map.of("item_ordinal", 4, "position", 0, "value", "s"));
    EditableRows again = again(mapping, join(mapping, split, rows));
    assertThat(texts(again, "sub")).containsExactly("q", "r", "s", "q", "r", "s");
    assertThat(again.table("item")).hasSize(4);

    EditableRows deeper = groups(mapping, split);
    deeper.delete("sub", 4);
    assertThat(texts(again(mapping, join(mapping, split, deeper)), "sub"))
        .containsExactly("p", "r", "p", "r");
  }

  /** Nothing is left out without a word. */
  @Test
  void aNewRowThatNothingRefersToIsNamed() throws Exception {
    Mapping mapping = Saves.mapping();
    SplitSave split = split(mapping, Saves.decode(Saves.pickle("0017")));
    EditableRows rows = groups(mapping, split);
    byte[] before = Saves.encode(join(mapping, split, rows));
    rows.insert("person", 4_000, Map.of("firstname", "Nobody"));
    JoinedSave joined = SaveJoiner.joined(mapping, split.residue(), rows.rows(), Limits.defaults());
    assertThat(joined.unplaced()).containsExactly("row 4000 of table person");
    assertThat(Saves.encode(joined.graph())).isEqualTo(before);
  }

  /** A changed reference, which changes the order of objects, hides no other edit. */
  @Test
  void anEditUnderOneOwnerIsSeenBesideAChangedReference() throws Exception {
    Mapping mapping =
        Mapping.parse(
            "mapping.yaml",
            """
            version: 1
            tables:
              save: {root: true}
              unit: {class: app.U, columns: {to: {references: unit}}}
              member: {each: save.us, columns: {unit: {path: ".", references: unit}}}
              one: {each: save.a, columns: {value: {path: ".", type: VARCHAR(20)}}}
              other: {each: save.c, columns: {value: {path: ".", type: VARCHAR(20)}}}
            """);
    // l = ["x", "y"]; {"us": [u, v], "a": l, "c": l}: u and v refer to each other.
    SaveGraph graph =
        Saves.decodeHex(
            "8004954b000000000000007d94288c027573945d94288c03617070948c01559493942981947d948c0274"
                + "6f9468052981947d9468086806736273626809658c0161945d94288c0178948c017994658c016394680c"
                + "752e");
    SplitSave split = split(mapping, graph);
    EditableRows rows = new EditableRows(mapping, split.rows());
    rows.set("unit", 1, "to", 1);
    rows.set("one", 0, "value", "Q");
    EditableRows again = again(mapping, join(mapping, split, rows));
    assertThat(again.row("unit", 1).cells.get("to")).isEqualTo(1L);
    assertThat(again.row("other", 0).cells.get("value")).isEqualTo(new byte[] {'Q'});
  }

  /** Where a pickle has one text in two places, and one of them in no column. */
  @Test
  void aValueThatOnlyADeletedRowHadIsNeverReplacedByAnother() throws Exception {
    Mapping mapping = Mapping.parse("mapping.yaml", LISTS);
    // {"a": ["x"], "z": "x"}, the text being one.
    SaveGraph graph = Saves.decodeHex("80047d94288c0161945d948c017894618c017a946803752e");
    SplitSave split = split(mapping, graph);
    EditableRows rows = new EditableRows(mapping, split.rows());
    rows.delete("one", 0);
    assertThat(GraphDiff.compare(graph, join(mapping, split, rows), 10, Limits.defaults()))
        .extracting(Difference::path)
        .containsExactly("a");

    // The residue of an earlier Picklift, which left the text to the row alone.
    byte[] residue =
        HexFormat.of()
            .parseHex(
                "0328b52ffd2440010200100518052002320808041001180128304a0561535ad2535204010104045a0204"
                    + "016201026a02000082010201018a01058402011c029201030000029a0102617aec506a29");
    assertThatThrownBy(() -> SaveJoiner.join(mapping, residue, rows.rows(), Limits.defaults()))
        .isInstanceOf(JoinException.class)
        .hasMessageStartingWith(
            "z: its value was kept in a row or document that does not have it any more");
  }

  @Test
  void whatHasNoPlaceIsNamed() throws Exception {
    Mapping mapping = Mapping.parse("mapping.yaml", LISTS);
    SaveGraph graph = Saves.decodeHex("80047d94288c0161945d948c017894618c017a946804752e");
    SplitSave split = split(mapping, graph);
    EditableRows rows = new EditableRows(mapping, split.rows());
    rows.insert("other", 0, Map.of("save_ordinal", 0, "position", 0, "value", "v"));
    assertThatThrownBy(() -> join(mapping, split, rows))
        .isInstanceOf(JoinException.class)
        .hasMessageContaining(
            "row 0 of table save has members in table other, and there is no such container");
    EditableRows stray = new EditableRows(mapping, split.rows());
    stray.insert("one", 1, Map.of("save_ordinal", 7, "position", 0, "value", "v"));
    assertThatThrownBy(() -> join(mapping, split, stray))
        .isInstanceOf(JoinException.class)
        .hasMessageContaining("its row 7 is missing in table save");
  }

  @Test
  void aNewRowWithoutAPositionIsTheLastOne() throws Exception {
    Mapping mapping = Mapping.parse("mapping.yaml", LISTS);
    SaveGraph graph = Saves.decodeHex("80047d94288c0161945d948c017894618c017a948c0171752e");
    SplitSave split = split(mapping, graph);
    EditableRows rows = new EditableRows(mapping, split.rows());
    rows.insert("one", 4, Map.of("save_ordinal", 0, "value", "last"));
    rows.insert("one", 2, Map.of("save_ordinal", 0, "value", "first", "position", -1));
    EditableRows again = again(mapping, join(mapping, split, rows));
    assertThat(
            again.table("one").stream()
                .map(row -> new String((byte[]) row.cells.get("value"), StandardCharsets.UTF_8)))
        .containsExactly("first", "x", "last");
  }

  /** The pickle has one text in two places, as an interned one; only one of them is in a column. */
  @Test
  void aCellIsNotTheValueOfWhatNoColumnShows() throws Exception {
    Mapping mapping =
        Mapping.parse(
            "mapping.yaml",
            """
            version: 1
            tables:
              save: {root: true, columns: {a: VARCHAR(20)}}
              one:
                each: save.l
                columns: {value: {path: ".", type: VARCHAR(20)}}
            """);
    // {"a": "alive", "z": "alive", "l": ["alive"]}, the text being one.
    SaveGraph graph =
        Saves.decodeHex(
            "80049520000000000000007d94288c0161948c05616c697665948c017a9468028c016c945d94680261752e");
    SplitSave split = split(mapping, graph);
    EditableRows rows = new EditableRows(mapping, split.rows());
    rows.set("save", 0, "a", "dead");
    SaveGraph joined = join(mapping, split, rows);
    assertThat(GraphDiff.compare(graph, joined, 10, Limits.defaults()))
        .extracting(Difference::path)
        .containsExactly("a");
  }

  private static final String TUPLES =
      """
      version: 1
      tables:
        save: {root: true}
        pair:
          each: save.a
          columns: {n: {path: "[0]", type: INT}, p: {path: "[1]", type: VARCHAR(20)}}
        home: {each: save.h, columns: {value: {path: ".", type: VARCHAR(20)}}}
      """;

  /** Python would make another tuple for the place that is edited, and leave the others alone. */
  @Test
  void aTupleIsNotChangedWhereNoRowShowsIt() throws Exception {
    Mapping mapping = Mapping.parse("mapping.yaml", TUPLES);
    // t = (1, "p"); h = ("x", "y"); {"a": [t], "h": h, "z": [t, h]}
    SaveGraph graph =
        Saves.decodeHex(
            "8004952e000000000000007d94288c0161945d944b018c0170948694618c0168948c0178948c"
                + "01799486948c017a945d94286804680865752e");
    SplitSave split = split(mapping, graph);
    for (Map.Entry<String, Object> edit : Map.<String, Object>of("n", 9, "p", "other").entrySet()) {
      EditableRows rows = new EditableRows(mapping, split.rows());
      rows.set("pair", 0, edit.getKey(), edit.getValue());
      assertThatThrownBy(() -> join(mapping, split, rows))
          .isInstanceOf(JoinException.class)
          .hasMessageStartingWith("a[0][")
          .hasMessageContaining(
              "a part of a tuple or a like value that stands in several places of the save");
    }
    EditableRows rows = new EditableRows(mapping, split.rows());
    rows.delete("home", 1);
    assertThatThrownBy(() -> join(mapping, split, rows))
        .isInstanceOf(JoinException.class)
        .hasMessageContaining("a tuple or frozenset that stands in other places of the save");
  }

  @Test
  void aTupleThatRowsAloneShowIsChangedWhereTheyAgree() throws Exception {
    Mapping mapping = Mapping.parse("mapping.yaml", TUPLES);
    // t = (1, "p"); {"a": [t, t], "h": ("x", "y"), "z": None}
    SaveGraph graph =
        Saves.decodeHex(
            "8004952a000000000000007d94288c0161945d94284b018c01709486946804658c0168948c01"
                + "78948c01799486948c017a944e752e");
    SplitSave split = split(mapping, graph);
    EditableRows rows = new EditableRows(mapping, split.rows());
    rows.set("pair", 0, "n", 9);
    assertThatThrownBy(() -> join(mapping, split, rows)).isInstanceOf(JoinException.class);
    rows.set("pair", 1, "n", 9);
    rows.delete("home", 0);
    EditableRows again = again(mapping, join(mapping, split, rows));
    assertThat(again.row("pair", 1).cells.get("n")).isEqualTo(9L);
    assertThat(again.table("home")).hasSize(1);
  }

  /** An application that keeps dates as texts finds no date among them. */
  @Test
  void aNewValueOfAnotherTypeThanAllOthersIsRefused() throws Exception {
    Mapping mapping =
        Mapping.parse(
            "mapping.yaml",
            """
            version: 1
            tables:
              save: {root: true}
              one:
                each: save.a
                columns: {value: {path: ".", type: DATETIME(6)}}
            """);
    // {"a": ["x"], "z": "x"}
    SaveGraph graph = Saves.decodeHex("80047d94288c0161945d948c017894618c017a946803752e");
    SplitSave split = split(mapping, graph);
    EditableRows rows = new EditableRows(mapping, split.rows());
    rows.insert("one", 1, Map.of("save_ordinal", 0, "position", 1, "value", 0L));
    assertThatThrownBy(() -> join(mapping, split, rows))
        .isInstanceOf(JoinException.class)
        .hasMessageContaining(
            "row 1 of table one is new and has a value in value that has no form");
  }

  /** The object that no reference leads to any more leaves, and the new one has a place. */
  @Test
  void referencesAreChangedBeforeObjectsComeAndGo() throws Exception {
    Mapping mapping = Saves.mapping();
    SplitSave split = split(mapping, Saves.decode(Saves.pickle("0017")));
    EditableRows rows = new EditableRows(mapping, split.rows());
    int spouse = rows.table("person").size();
    Map<String, Object> cells = new java.util.HashMap<>(rows.row("person", 1).cells);
    cells.replaceAll((column, cell) -> column.equals("spouse") ? null : cell);
    rows.insert("person", spouse, cells);
    rows.set("person", 0, "spouse", spouse);
    EditableRows again = again(mapping, join(mapping, split, rows));
    assertThat(again.table("person")).hasSize(spouse + 1);
    rows.set("person", 0, "spouse", null);
    rows.delete("person", spouse);
    assertThat(again(mapping, join(mapping, split, rows)).row("person", 0).cells.get("spouse"))
        .isNull();
  }

  /** A list that a table shows, and a document too. */
  @Test
  void aListThatADocumentShowsTooIsEditedInBoth() throws Exception {
    Mapping mapping =
        Mapping.parse(
            "mapping.yaml",
            """
            version: 1
            tables:
              save:
                root: true
                columns: {c: JSON}
              one:
                each: save.a
                columns: {value: {path: ".", type: VARCHAR(20)}}
            """);
    // l = ["x", "y"]; {"a": l, "c": l}
    SaveGraph graph = Saves.decodeHex("80047d94288c0161945d94288c0178948c017994658c0163946802752e");
    SplitSave split = split(mapping, graph);
    EditableRows rows = new EditableRows(mapping, split.rows());
    rows.delete("one", 0);
    rows.delete("one", 1);
    assertThatThrownBy(() -> join(mapping, split, rows))
        .isInstanceOf(JoinException.class)
        .hasMessageContaining("the container stands in a document as well");
  }

  /** {@code {"items": [None, [1, "a"]]}}: a list whose members are columns. */
  @Test
  void inThePlaceOfNoneAListOfFixedPlacesIsMadeLikeOthers() throws Exception {
    Mapping mapping =
        Mapping.parse(
            "mapping.yaml",
            """
            version: 1
            tables:
              save: {root: true}
              item:
                each: save.items
                columns:
                  number: {path: "[0]", type: INT}
                  value: {path: "[1]", type: VARCHAR(20)}
            """);
    SplitSave split =
        split(
            mapping,
            Saves.decodeHex(
                "8004951b000000000000007d948c056974656d73945d94284e5d94284b018c0161946565732e"));
    EditableRows rows = new EditableRows(mapping, split.rows());
    rows.set("item", 0, "number", 3);
    rows.set("item", 0, "value", "q");
    rows.insert("item", 2, Map.of("save_ordinal", 0, "position", 9, "number", 4, "value", "r"));
    SaveGraph joined = join(mapping, split, rows);
    assertThat(texts(again(mapping, joined), "item")).containsExactly("q", "a", "r");
    SaveGraph expected =
        Saves.decodeHex(
            "8004952e000000000000007d948c056974656d73945d94285d94284b038c017194655d94284b018c016194655d94284b048c0172946565732e");
    assertThat(GraphDiff.compare(joined, expected, 9, Limits.defaults())).isEmpty();
  }
}
