package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.job.Game;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another mapping takes is told before anything is written. */
@Tag("database")
final class PlanCommandTest {
  @TempDir private Path folder = Path.of("");

  private Game migrated() throws Exception {
    Game game = new Game(folder);
    game.fill(12);
    Run.on(game, "migrate");
    return game;
  }

  /** The game's mapping with one text in place of another. */
  private Path mapping(String from, String to) throws Exception {
    Path file = folder.resolve("next.yaml");
    String text = Files.readString(folder.resolve("mapping.yaml"));
    assertThat(text).contains(from);
    return Files.writeString(file, text.replace(from, to));
  }

  @Test
  void theSameMappingTakesNothing() throws Exception {
    Game game = migrated();
    Run plan = Run.on(game, "plan", "--mapping", mapping("      level: INT", "      level:  INT"));
    assertThat(plan.err()).isEmpty();
    assertThat(plan.out()).isEqualTo("         0  changes: the target has this mapping\n");
    assertThat(plan.status()).isEqualTo(ExitStatus.DONE);
  }

  @Test
  void aColumnMoreIsRowsOfItsTable() throws Exception {
    Game game = migrated();
    long players = game.number("SELECT COUNT(*) FROM player");
    Run plan = Run.on(game, "plan", "--mapping", mapping("level: INT", "level: BIGINT"));
    assertThat(plan.out())
        .contains(
            "1  changes",
            "widened           player.level: INT to BIGINT",
            "ALTER TABLE `player` MODIFY COLUMN `level` BIGINT",
            "rewritten  player: " + players + " rows",
            "kept       friend: ",
            "12  saves to convert",
            players + "  rows to write");
    assertThat(plan.status()).isEqualTo(ExitStatus.DONE);
    assertThat(
            game.number(
                "SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()"
                    + " AND table_name = 'player' AND column_name = 'level' AND data_type = 'int'"))
        .isEqualTo(1);
  }

  @Test
  void valuesThatWillNotFitAreCounted() throws Exception {
    Game game = migrated();
    long misfits = game.number("SELECT COUNT(*) FROM player WHERE CHAR_LENGTH(name) > 2");
    assertThat(misfits).isPositive();
    Run plan =
        Run.on(
            game,
            "plan",
            "--json",
            "--mapping",
            mapping("name:  {type: VARCHAR(40), index: true}", "name: VARCHAR(2)"));
    JsonNode json = new ObjectMapper().readTree(plan.out());
    assertThat(json.at("/changes/0/kind").asText()).isEqualTo("narrowed");
    assertThat(json.at("/changes/0/misfits").asLong()).isEqualTo(misfits);
    assertThat(json.at("/changes/1/kind").asText()).isEqualTo("index-dropped");
    assertThat(json.at("/saves").asLong()).isEqualTo(12);
    assertThat(json.at("/problems/0").asText())
        .isEqualTo(
            "player.name: "
                + misfits
                + " values will not fit: their cells become NULL, and the values stay in the"
                + " residue");
    assertThat(plan.status()).isEqualTo(ExitStatus.LOOK);
  }

  @Test
  void savesThatTheNewMappingRefusesAreNamed() throws Exception {
    Game game = migrated();
    Run plan =
        Run.on(
            game,
            "plan",
            "--mapping",
            mapping("VARCHAR(40), index: true}", "VARCHAR(7), unfit: quarantine}"));
    assertThat(plan.out())
        .contains(
            "12 values will not fit: unfit: quarantine refuses their saves",
            "look: p0003: the new mapping refuses it: ");
    assertThat(plan.status()).isEqualTo(ExitStatus.LOOK);
  }

  /** Ids are taken in blocks, so that few saves may have ids that are far apart. */
  @Test
  void allOfFewSavesAreLookedAt() throws Exception {
    Game game = migrated();
    game.target("UPDATE save_sequence SET next_value = 1000000 WHERE name = 'save_id'");
    game.put("far", Game.save(5));
    assertThat(Run.on(game, "backfill").status()).isEqualTo(ExitStatus.DONE);
    long items = game.number("SELECT COUNT(*) FROM bag_item");
    Run plan = Run.on(game, "plan", "--mapping", mapping("  bag_item:", "  bag_thing:"));
    assertThat(plan.out()).contains("bag_thing: " + items + " rows", items + "  rows to write");
  }

  @Test
  void whatTheTargetCannotSayIsAProblem() throws Exception {
    Game game = migrated();
    game.configure("  carry: [changed]\n");
    Run plan =
        Run.on(
            game,
            "plan",
            "--mapping",
            mapping(
                "    class: game.Player", "    class: game.Player\n    source: {changed: INT}"));
    assertThat(plan.out())
        .contains("look: player.changed: no table has the source's 'changed' yet");
    assertThat(plan.status()).isEqualTo(ExitStatus.LOOK);
  }

  @Test
  void whatIsWrongIsToldInOneLine() throws Exception {
    Game game = new Game(folder);
    Run empty = Run.on(game, "plan", "--mapping", folder.resolve("mapping.yaml"));
    assertThat(empty.err()).contains("nothing was migrated into it yet");
    assertThat(empty.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(Run.on(game, "plan", "--mapping", folder.resolve("none.yaml")).err())
        .contains("there is no file");
    assertThat(Run.on(game, "plan").status()).isEqualTo(ExitStatus.USAGE);
    game.fill(1);
    Run.on(game, "migrate");
    Run bad = Run.on(game, "plan", "--mapping", mapping("level: INT", "level: INTT"));
    assertThat(bad.err()).contains("next.yaml:", "INTT");
    assertThat(bad.status()).isEqualTo(ExitStatus.USAGE);
  }
}
