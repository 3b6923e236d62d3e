package io.picklift.schema.tables.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.codec.Limits;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.join.SaveJoiner;
import io.picklift.schema.tables.rows.TableRows;
import io.picklift.schema.testing.GraphAssert;
import io.picklift.schema.testing.Saves;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * What a column cannot hold stays in the residue and is counted, or refuses the save by its path.
 */
class UnfitValuesTest {
  /**
   * A list of a Person and a Child, its subclass, who lacks some of the attributes and has others.
   */
  private static final String PEOPLE =
      "8004951d010000000000005d94288c0467616d65948c06506572736f6e9493942981947d94288c046e616d65948c0241"
          + "6c948c03616765944b298c0573636f726594477ff80000000000008c057072696365948c07646563696d616c948c0744"
          + "6563696d616c9493948c03312e3194859452948c047365656e948c086461746574696d65948c086461746574696d6594"
          + "9394430a07e805010c00000000009468128c0874696d657a6f6e6594939468128c0974696d6564656c74619493944b00"
          + "4b004b00879452948594529486945294756268018c054368696c649493942981947d94288c057469746c65948c02426f"
          + "9468084a7011010068094b02680a680d8c04312e3130948594529468068c09787878787878787878948c06667269656e"
          + "649468047562652e";

  private static Mapping mapping(String unfit) throws Exception {
    return Mapping.parse(
        "m",
        """
        version: 1
        tables:
          person:
            class: [game.Person, game.Child]
            class_column: kind
            columns:
              name:   {type: VARCHAR(5), aka: [title]}
              age:    {type: SMALLINT, unfit: %s}
              score:  DOUBLE
              price:  "DECIMAL(18,2)"
              seen:   DATETIME(6)
              title:  {type: VARCHAR(9), default: none}
              friend: {references: person}
          member:
            each: people
            columns:
              person: {path: ".", references: person}
          people:
            root: true
        """
            .formatted(unfit));
  }

  private static Object cell(SplitSave split, int table, String column, int row) {
    TableRows rows = split.rows().table(table);
    return rows.column(rows.table().columnNumber(column)).value(row);
  }

  @Test
  void cellsShowWhatFitsAndTheResidueHasTheRest() throws Exception {
    Mapping mapping = mapping("residue");
    SaveGraph graph = Saves.decodeHex(PEOPLE);
    SplitSave split = SaveSplitter.split(mapping, graph, 1, Limits.defaults());
    assertThat(cell(split, 0, "kind", 0)).isEqualTo("game.Person");
    assertThat(cell(split, 0, "kind", 1)).isEqualTo("game.Child");
    assertThat(cell(split, 0, "name", 0)).isEqualTo("Al");
    assertThat(cell(split, 0, "name", 1)).as("nine characters in five").isEqualTo("NULL");
    assertThat(cell(split, 0, "age", 0)).isEqualTo(41L);
    assertThat(cell(split, 0, "age", 1)).as("70000 in a SMALLINT").isEqualTo("NULL");
    assertThat(cell(split, 0, "score", 0)).as("nan").isEqualTo("NULL");
    assertThat(cell(split, 0, "score", 1)).as("an int in a DOUBLE").isEqualTo(2.0);
    assertThat(cell(split, 0, "price", 0)).as("1.1 is shown").hasToString("1.10");
    assertThat(cell(split, 0, "seen", 0)).as("a time zone").isEqualTo("NULL");
    assertThat(cell(split, 0, "title", 0)).as("the default").isEqualTo("none");
    assertThat(cell(split, 0, "title", 1)).isEqualTo("Bo");
    assertThat(cell(split, 0, "friend", 1)).isEqualTo(0L);
    assertThat(cell(split, 1, "person", 1)).isEqualTo(1L);
    assertThat(split.counts().unfit(0, split.rows().table(0).table().columnNumber("age")))
        .isEqualTo(1);
    assertThat(split.counts().unfit()).isEqualTo(4);
    GraphAssert.assertSame(
        SaveJoiner.join(mapping, split.residue(), split.rows(), Limits.defaults()), graph);
  }

  @Test
  void aSaveThatIsToBeQuarantinedIsRefusedByThePathOfItsValue() throws Exception {
    Mapping mapping = mapping("quarantine");
    SaveGraph graph = Saves.decodeHex(PEOPLE);
    assertThatThrownBy(() -> SaveSplitter.split(mapping, graph, 1, Limits.defaults()))
        .isInstanceOf(SplitException.class)
        .hasMessage("[1].age does not fit into person.age SMALLINT");
  }

  /** An older save has the text alone, a third one something that other columns are for. */
  @Test
  void whatStandsInAFormerPlaceAndHasColumnsOfItsOwnIsNotUnfit() throws Exception {
    Mapping mapping =
        Mapping.parse(
            "m",
            """
            version: 1
            tables:
              save:
                root: true
                columns:
                  reason: {path: error.text, aka: [error], type: VARCHAR(9), unfit: quarantine}
                  code: {path: error.code, type: INT}
            """);
    assertThat(unfit(mapping, "(dVerror (dVtext Vlocked ss.")).isZero();
    assertThat(unfit(mapping, "(dVerror Vlocked s.")).isZero();
    assertThat(unfit(mapping, "(dVerror (dVcode I5 ss.")).isZero();
    assertThatThrownBy(() -> unfit(mapping, "(dVerror I5 s.")).isInstanceOf(SplitException.class);
    assertThatThrownBy(() -> unfit(mapping, "(dVerror (dVtext (dVcode I5 sss."))
        .isInstanceOf(SplitException.class);
  }

  private static int unfit(Mapping mapping, String pickle) throws Exception {
    byte[] bytes = pickle.replace(' ', '\n').getBytes(StandardCharsets.UTF_8);
    return SaveSplitter.split(mapping, Saves.decode(bytes), 1, Limits.defaults()).counts().unfit();
  }

  /** Else more values would be in columns than there are. */
  @Test
  void aTextThatIsAlsoANameCountsAsANameAlone() throws Exception {
    Mapping mapping =
        Mapping.parse(
            "m",
            """
            version: 1
            tables:
              save:
                root: true
                columns: {day: VARCHAR(16), week: VARCHAR(16), n: INT}
            """);
    // day, week = "day", "week"; {day: week, week: day, "n": 7}, protocol 2.
    SaveGraph graph =
        Saves.decodeHex(
            "80027d7100285803000000646179710158040000007765656b71026802680158010000006e71034b07752e");
    SplitSave split = SaveSplitter.split(mapping, graph, 1, Limits.defaults());
    assertThat(split.counts().scalars()).isEqualTo(1);
    assertThat(split.counts().inColumns()).isEqualTo(1);
  }

  /** Where values of several kinds stand in one place, each has a column or a table of its own. */
  @Test
  void whatAnotherColumnOrTableHoldsIsNoMisfit() throws Exception {
    Mapping mapping =
        Mapping.parse(
            "m",
            """
            version: 1
            unfit: quarantine
            tables:
              save: {root: true}
              item:
                each: save.items
                columns:
                  number: {path: ".", type: INT}
                  text:   {path: ".", type: VARCHAR(4)}
                  x:      INT
              member:
                each: item
                columns:
                  number: {path: ".", type: INT}
            """);
    // {"items": [1, "a", [1, 2], {"x": 1}]}, protocol 2.
    SaveGraph graph =
        Saves.decodeHex(
            "80027d58050000006974656d735d284b015801000000615d284b014b02657d5801000000784b017365732e");
    SplitSave split = SaveSplitter.split(mapping, graph, 1, Limits.defaults());
    assertThat(split.counts().unfit()).isZero();
    assertThat(split.counts().inColumns()).isEqualTo(split.counts().scalars());

    // {"items": ["longe"]}
    SaveGraph other = Saves.decodeHex("80027d58050000006974656d735d58050000006c6f6e676561732e");
    assertThatThrownBy(() -> SaveSplitter.split(mapping, other, 1, Limits.defaults()))
        .isInstanceOf(SplitException.class)
        .hasMessage("items[0] does not fit into item.text VARCHAR(4)");
  }

  /**
   * A list and a dict of classes of their own with attributes, one list without members, and one
   * without attributes.
   */
  private static final String HOLDERS =
      "80027d7100285804000000746167737101636d6170700a5461674c6973740a7102298171032858010000006171"
          + "045801000000627105657d710658050000006f776e6572710758020000006d6571087362580500000070726f70"
          + "737109636d6170700a50726f70730a710a2981710b5808000000737472656e677468710c4b01737d710d580400"
          + "00006e6f7465710e58010000006e710f73625805000000656d70747971106802298171117d7112680758040000"
          + "006e6f6e65711373625805000000706c61696e7114680229817115580100000063711661752e";

  @Test
  void membersThatADocumentDoesNotShowAreCounted() throws Exception {
    Mapping mapping =
        Mapping.parse(
            "m",
            "version: 1\n"
                + "tables:\n"
                + "  t: {root: true, columns: {tags: JSON, props: JSON, empty: JSON, plain:"
                + " JSON}}");
    SplitSave split = SaveSplitter.split(mapping, Saves.decodeHex(HOLDERS), 1, Limits.defaults());
    assertThat(text(split, "tags")).isEqualTo("{\"owner\":\"me\"}");
    assertThat(text(split, "plain")).isEqualTo("[\"c\"]");
    int[] unfit = new int[4];
    Arrays.setAll(unfit, i -> split.counts().unfit(0, i));
    assertThat(unfit).containsExactly(1, 1, 0, 0);
    GraphAssert.assertSame(
        SaveJoiner.join(mapping, split.residue(), split.rows(), Limits.defaults()),
        Saves.decodeHex(HOLDERS));
  }

  private static String text(SplitSave split, String column) {
    return String.valueOf(cell(split, 0, column, 0));
  }
}
