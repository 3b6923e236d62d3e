package io.picklift.schema.evolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.Mapping;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a new mapping says otherwise is told by kind, and so is which tables are written anew. */
final class MappingChangesTest {
  private static final String FORMER =
      """
      version: 1
      tables:
        player:
          class: game.Player
          columns:
            name: VARCHAR(40)
            level: INT
            city: {path: home.city, type: VARCHAR(20)}
            best: {references: friend}
        friend:
          class: [game.Friend, game.Foe]
          columns:
            since: INT
        item:
          each: player.bag
          columns:
            amount: {path: ".", type: INT}
      """;

  private static MappingChanges.Result changed(String from, String to) throws Exception {
    Mapping former = Mapping.parse("former", FORMER);
    return MappingChanges.of(former, Mapping.parse("next", FORMER.replace(from, to)));
  }

  private static List<String> told(MappingChanges.Result result) {
    return result.changes().stream()
        .map(change -> change.kind().label() + " " + change.place() + " " + change.message())
        .toList();
  }

  private static List<String> how(MappingChanges.Result result) {
    return result.tables().stream().map(table -> table.name() + " " + table.how().label()).toList();
  }

  @Test
  void commentsAndLinesChangeNothing() throws Exception {
    MappingChanges.Result result = changed("level: INT", "# the level\n      level: {type: INT}");
    assertThat(result.changes()).isEmpty();
    assertThat(result.sql()).isEmpty();
    assertThat(how(result)).containsExactly("player kept", "friend kept", "item kept");
  }

  @Test
  void aColumnMoreWritesItsTableAlone() throws Exception {
    MappingChanges.Result result = changed("level: INT", "level: INT\n      score: BIGINT");
    assertThat(told(result)).containsExactly("column-added player.score BIGINT of score");
    assertThat(how(result)).containsExactly("player rewritten", "friend kept", "item kept");
    assertThat(result.sql())
        .containsExactly("ALTER TABLE `player` ADD COLUMN `score` BIGINT NULL COMMENT 'score';");
  }

  @Test
  void aColumnWithTheOldPathAmongItsOwnIsRenamed() throws Exception {
    MappingChanges.Result result =
        changed("level: INT", "rank_no: {path: rank, aka: [level], type: INT}");
    assertThat(told(result))
        .containsExactly(
            "column-renamed player.rank_no was level", "path player.rank_no level to rank [level]");
    assertThat(result.sql())
        .containsExactly("ALTER TABLE `player` RENAME COLUMN `level` TO `rank_no`;");
  }

  @Test
  void typesAreWidenedOrNarrowed() throws Exception {
    assertThat(told(changed("VARCHAR(40)", "VARCHAR(60)")))
        .containsExactly("widened player.name VARCHAR(40) to VARCHAR(60)");
    MappingChanges.Result narrow = changed("VARCHAR(40)", "VARCHAR(4)");
    assertThat(told(narrow)).containsExactly("narrowed player.name VARCHAR(40) to VARCHAR(4)");
    assertThat(narrow.changes().get(0).misfits())
        .isEqualTo(new MappingChange.Misfits("player", "CHAR_LENGTH(`name`) > 4"));
    assertThat(told(changed("VARCHAR(40)", "DATE")))
        .containsExactly("retyped player.name VARCHAR(40) to DATE");
  }

  @Test
  void indexesAreChangedWhereTheyAre() throws Exception {
    MappingChanges.Result result = changed("level: INT", "level: {type: INT, index: true}");
    assertThat(told(result)).containsExactly("index-added player.ix_level (level)");
    assertThat(how(result)).containsExactly("player altered", "friend kept", "item kept");
    assertThat(result.sql()).containsExactly("ALTER TABLE `player` ADD KEY `ix_level` (`level`);");
  }

  @Test
  void anotherClassRenumbersWhatRefersToIt() throws Exception {
    MappingChanges.Result result = changed("[game.Friend, game.Foe]", "[game.Friend]");
    assertThat(told(result))
        .containsExactly("rows friend objects of game.Friend, game.Foe to objects of game.Friend");
    assertThat(how(result)).containsExactly("player rewritten", "friend rewritten", "item kept");
  }

  @Test
  void aTableIsSplit() throws Exception {
    MappingChanges.Result result =
        changed(
            "class: [game.Friend, game.Foe]",
            "class: game.Friend\n  foe:\n    class: game.Foe\n  mate:\n    each: player.mates");
    assertThat(told(result))
        .contains(
            "table-split friend the rows of friend go into friend, foe",
            "table-added foe with rows of friend",
            "table-added mate members of player mates");
  }

  @Test
  void aTableIsDroppedAndAnotherRenamed() throws Exception {
    MappingChanges.Result result = changed("  item:", "  thing:");
    assertThat(told(result)).containsExactly("table-renamed thing was item");
    MappingChanges.Result dropped =
        changed(
            "  item:\n    each: player.bag\n    columns:\n      amount: {path: \".\", type: INT}\n",
            "");
    assertThat(told(dropped)).containsExactly("table-dropped item its values go into the residue");
    assertThat(how(dropped)).containsExactly("player kept", "friend kept", "item dropped");
  }

  @Test
  void anInlinedValueMovesIntoATableOfItsOwn() throws Exception {
    String inline = "      city: {path: home.city, type: VARCHAR(20)}\n";
    Mapping former = Mapping.parse("former", FORMER);
    Mapping next =
        Mapping.parse(
            "next",
            FORMER.replace(inline, "      home: {references: home}\n")
                + "  home:\n    class: game.Home\n    columns:\n      city: VARCHAR(20)\n");
    assertThat(told(MappingChanges.of(former, next)))
        .contains("moved-to-child player.city is now home.city");
    assertThat(told(MappingChanges.of(next, former)))
        .contains("moved-inline player.city was home.city");
  }

  @Test
  void columnsOfAdaptersAreReadFromTheWrittenForm() throws Exception {
    Mapping with =
        Mapping.parse("former", FORMER)
            .withComputed("player", "power", ColumnType.parse("INT"), true)
            .withComputed("friend", "kind", ColumnType.parse("VARCHAR(8)"), false);
    assertThat(FormerMapping.parse("kept", FORMER, with.written()).written())
        .isEqualTo(with.written());
    assertThat(told(MappingChanges.of(with, Mapping.parse("next", FORMER))))
        .containsExactly(
            "computed-dropped player.power ",
            "index-dropped player.ix_power (power)",
            "computed-dropped friend.kind ");
  }

  @Test
  void anotherOrderConcernsAllTables() throws Exception {
    String item = FORMER.substring(FORMER.indexOf("  item:"));
    Mapping former = Mapping.parse("former", FORMER);
    String moved = FORMER.replace(item, "").replace("tables:\n", "tables:\n" + item);
    MappingChanges.Result order = MappingChanges.of(former, Mapping.parse("next", moved));
    assertThat(told(order)).containsExactly("settings all tables they stand in another order");
    assertThat(how(order))
        .containsExactly("item rewritten", "player rewritten", "friend rewritten");
  }

  @Test
  void foreignKeysConcernAllTables() throws Exception {
    MappingChanges.Result result = changed("version: 1", "version: 1\nforeign_keys: ledger");
    assertThat(told(result)).containsExactly("foreign-keys all tables none to ledger");
    assertThat(how(result))
        .containsExactly("player rewritten", "friend rewritten", "item rewritten");
  }
}
