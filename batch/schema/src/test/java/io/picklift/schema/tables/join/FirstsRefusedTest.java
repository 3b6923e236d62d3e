package io.picklift.schema.tables.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.codec.Limits;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.split.SaveSplitter;
import io.picklift.schema.tables.split.SplitSave;
import io.picklift.schema.tables.template.Template;
import io.picklift.schema.testing.EditableRows;
import io.picklift.schema.testing.RandomEdits;
import io.picklift.schema.testing.Saves;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is refused of parts that a save does not have, and how the message names it. */
class FirstsRefusedTest {
  private static final Mapping MAPPING = Mapping.parse("mapping.yaml", RandomEdits.FIRSTS);

  /** {"home": None, "items": []} at protocol 4. */
  private static final String EMPTY = "80047d94288c04686f6d65944e8c056974656d73945d94752e";

  private static final String WHOLE =
      "8004957b000000000000008c0467616d65948c04536176659493942981947d94288c046e616d65948c01"
          + "73948c056974656d73945d942868008c044974656d9493942981947d942868058c0161948c05776f726c"
          + "649468038c05666c616773945d944b01617562680a2981947d942868058c016294680e6803680f5d944b"
          + "016175626575622e";

  /** {@code Save(name="p", items=[])}. */
  private static final String POOR =
      "8004952e000000000000008c0467616d65948c04536176659493942981947d94288c046e616d65948c01"
          + "70948c056974656d73945d9475622e";

  private static SplitSave split(byte[] pickle) throws Exception {
    return SaveSplitter.split(MAPPING, Saves.decode(pickle), 1, Limits.defaults());
  }

  private static SplitSave empty() throws Exception {
    return SaveSplitter.split(MAPPING, Saves.decodeHex(EMPTY), 1, Limits.defaults());
  }

  /** The save of Python 3.13 that has all. */
  private static SplitSave whole(int protocol) throws Exception {
    return split(
        RandomEdits.firsts().stream()
            .filter(
                edits ->
                    edits.edits().isEmpty() && edits.origin().equals("py313 protocol " + protocol))
            .findFirst()
            .orElseThrow()
            .pickle());
  }

  private static Template template(int protocol) throws Exception {
    return Template.of(MAPPING, List.of(whole(protocol).residue()), Limits.defaults());
  }

  private static JoinedSave joined(SplitSave split, EditableRows rows, Template template)
      throws Exception {
    return SaveJoiner.joined(MAPPING, split.residue(), rows.rows(), Limits.defaults(), template);
  }

  @Test
  void aSaveThatNeedsNoOtherIsJoinedAlone() throws Exception {
    SplitSave split = empty();
    EditableRows rows = new EditableRows(MAPPING, split.rows());
    assertThat(SaveJoiner.joinedAlone(MAPPING, split.residue(), rows.rows(), Limits.defaults()))
        .isNotNull();
    rows.set("save", 0, "home_city", "Rome");
    assertThat(SaveJoiner.joinedAlone(MAPPING, split.residue(), rows.rows(), Limits.defaults()))
        .isNull();
  }

  @Test
  void withoutOthersTheRowIsNamedWithWhatHelps() throws Exception {
    SplitSave split = empty();
    EditableRows rows = new EditableRows(MAPPING, split.rows());
    rows.set("save", 0, "home_city", "Rome");
    assertThatThrownBy(
            () -> SaveJoiner.join(MAPPING, split.residue(), rows.rows(), Limits.defaults()))
        .isInstanceOf(JoinException.class)
        .hasMessage(
            "home: row 0 of table save has nothing that the value of home_city could be made like,"
                + " in this save or in those that picklift_template has of its protocol: set"
                + " home_city to NULL, or run cutover once a save has one");
    EditableRows other = new EditableRows(MAPPING, split.rows());
    other.insert("item", 0, Map.of("save_ordinal", 0, "position", 0, "name", "rope"));
    assertThatThrownBy(
            () -> SaveJoiner.join(MAPPING, split.residue(), other.rows(), Limits.defaults()))
        .isInstanceOf(JoinException.class)
        .hasMessageContaining("row 0 of table item is new and has nothing that it could be made")
        .hasMessageEndingWith(": delete it, or run cutover once a save has one");
  }

  /** A pickle of protocol 2 has no part that only protocol 4 can write. */
  @Test
  void savesOfAnotherProtocolAreNotLookedAt() throws Exception {
    SplitSave split = empty();
    EditableRows rows = new EditableRows(MAPPING, split.rows());
    rows.set("save", 0, "home_city", "Rome");
    Template other = template(2);
    assertThatThrownBy(() -> joined(split, rows, other))
        .isInstanceOf(JoinException.class)
        .hasMessageContaining("that picklift_template has of its protocol");
    assertThat(joined(split, rows, template(4)).graph().size()).isPositive();
  }

  @Test
  void anObjectOfWhichACellIsLeftDoesNotLeave() throws Exception {
    SplitSave split = whole(4);
    EditableRows rows = new EditableRows(MAPPING, split.rows());
    rows.set("save", 0, "pet_class", null);
    assertThatThrownBy(() -> joined(split, rows, template(4)))
        .isInstanceOf(JoinException.class)
        .hasMessage(
            "pet: has NULL in its class column save.pet_class, and other cells or members: set the"
                + " column again, or all its cells to NULL and delete the rows that are members of"
                + " it");
  }

  /**
   * {@code s = Save(name="s"); s.items = [Item(name="a", world=s), Item(name="b", world=s)]}: what
   * refers to its save there is not to refer to it from another one.
   */
  @Test
  void nothingOfAnotherSaveComesAlong() throws Exception {
    Mapping mapping =
        Mapping.parse(
            "mapping.yaml",
            """
            version: 1
            tables:
              save: {class: game.Save, columns: {name: VARCHAR(20)}}
              item: {each: save.items, columns: {name: VARCHAR(20)}}
            """);
    byte[] residue =
        SaveSplitter.split(mapping, Saves.decodeHex(WHOLE), 1, Limits.defaults()).residue();
    Template template = Template.of(mapping, List.of(residue), Limits.defaults());
    SplitSave split = SaveSplitter.split(mapping, Saves.decodeHex(POOR), 1, Limits.defaults());
    EditableRows rows = new EditableRows(mapping, split.rows());
    rows.insert("item", 0, Map.of("save_ordinal", 0, "position", 0, "name", "c"));
    SaveGraph joined =
        SaveJoiner.joined(mapping, split.residue(), rows.rows(), Limits.defaults(), template)
            .graph();
    byte[] pickle = Saves.encode(joined);
    assertThat(new String(pickle, StandardCharsets.ISO_8859_1))
        .contains("c")
        .doesNotContain("world");
    assertThat(pickle.length).isLessThan(WHOLE.length() / 2);
  }

  @Test
  void aClassThatNoSaveHasIsNamed() throws Exception {
    SplitSave split = empty();
    EditableRows rows = new EditableRows(MAPPING, split.rows());
    rows.set("save", 0, "pet_class", "game.Bird");
    assertThatThrownBy(() -> joined(split, rows, template(4)))
        .isInstanceOf(JoinException.class)
        .hasMessageStartingWith("pet: row 0 of table save has no object of class game.Bird that");
  }
}
