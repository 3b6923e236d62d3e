package io.picklift.app.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.Run;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.job.Game;
import io.picklift.app.job.Jobs;
import io.picklift.codec.Limits;
import io.picklift.codec.diff.GraphDiff;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.pickle.PickleDecoder;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows that an application deleted, inserted and moved by SQL; edit_saves.py has the same edits.
 */
@Tag("database")
final class EditedRowsTest {
  @TempDir private Path folder = Path.of("");

  /**
   * An edit.
   *
   * @param python the pickle that CPython made of the same one
   */
  private record Edit(int number, String sql, byte[] python) {
    String key() {
      return String.format("p%04d", number);
    }
  }

  private static List<Edit> edits() throws Exception {
    try (InputStream in = EditedRowsTest.class.getResourceAsStream("/game/edits.tsv")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      List<Edit> edits = new ArrayList<>();
      text.lines()
          .map(line -> line.split("\t"))
          .forEach(
              cells ->
                  edits.add(
                      new Edit(
                          Integer.parseInt(cells[0]),
                          cells[1],
                          HexFormat.of().parseHex(cells[2]))));
      return edits;
    }
  }

  private Game migrated() throws Exception {
    Game game = new Game(folder);
    game.fill(12);
    try (Jobs jobs = game.open()) {
      assertThat(jobs.migrate().isClean()).isTrue();
    }
    return game;
  }

  private static void execute(Game game, String key, String sql) throws Exception {
    long id = game.number("SELECT save_id FROM picklift_save WHERE source_key = '" + key + "'");
    for (String statement : sql.split(";", -1)) {
      game.target(statement.strip().replace(":id", String.valueOf(id)));
    }
  }

  private static SaveGraph decode(byte[] pickle) throws Exception {
    return new PickleDecoder(Limits.defaults()).decode(pickle);
  }

  @Test
  void theSaveIsWhatPythonMakesOfTheSameEdits() throws Exception {
    Game game = migrated();
    for (Edit edit : edits()) {
      execute(game, edit.key(), edit.sql());
    }
    Map<String, byte[]> blobs = new TreeMap<>();
    try (RestoredSaves saves = RestoredSaves.open(game.config(), Limits.defaults())) {
      RestoreSummary summary = saves.restore(List.of(), (key, blob) -> blobs.put(key.text(), blob));
      assertThat(summary.problems()).isEmpty();
      assertThat(summary.changed()).isEqualTo(edits().size());
    }
    assertThat(blobs.get("p0000")).isEqualTo(Game.save(0));
    for (Edit edit : edits()) {
      byte[] blob = Objects.requireNonNull(blobs.get(edit.key()), edit.key());
      assertThat(GraphDiff.compare(decode(blob), decode(edit.python()), 10, Limits.defaults()))
          .as(edit.key() + ": " + edit.sql())
          .isEmpty();
      assertThat(blob[1]).as("protocol").isEqualTo(edit.python()[1]);
    }
  }

  /** It is named, and the save is restored without it: by restore, verify and writeback. */
  @Test
  void aNewRowThatNothingRefersToIsNamedAndLeftOut() throws Exception {
    Game game = migrated();
    execute(
        game,
        "p0003",
        "INSERT INTO friend (save_id, ordinal, name, since, player) VALUES (:id, 9, 'x', 1, 0)");
    String named =
        "p0003: nothing in the save refers to row 9 of table friend, so that the pickle is without"
            + " it: let a row refer to it, or delete it";
    Path out = folder.resolve("out");
    Run restored = Run.on(game, "restore", "--out", out);
    assertThat(restored.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(restored.err()).contains(named);
    assertThat(restored.out())
        .contains("restored 12: as migrated 12")
        .contains("; without rows that nothing refers to 1");
    Run into = Run.on(game, "restore", "--table", "again");
    assertThat(into.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(into.err()).contains(named);
    Run verified = Run.on(game, "verify");
    assertThat(verified.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(verified.out() + verified.err()).contains("row 9 of table friend");
    // It would be lost with the rows of the former mapping, and is an edit to backfill.
    game.put("p0003", Game.save(4));
    assertThat(Run.on(game, "backfill").status()).isEqualTo(ExitStatus.LOOK);
    assertThat(game.number("SELECT COUNT(*) FROM friend WHERE name = 'x'")).isOne();
    game.put("p0003", Game.save(3));
    execute(game, "p0003", "DELETE FROM friend WHERE save_id = :id AND ordinal = 9");
    assertThat(Run.on(game, "cutover", "--all").status()).isEqualTo(ExitStatus.DONE);
    execute(
        game,
        "p0003",
        "INSERT INTO friend (save_id, ordinal, name, since, player) VALUES (:id, 9, 'x', 1, 0)");
    Run written = Run.on(game, "writeback");
    assertThat(written.status()).isEqualTo(ExitStatus.LOOK);
    assertThat(written.out()).contains(named).contains("1  have rows that nothing refers to");
    assertThat(Run.on(game, "cutover", "--back", "--all").out()).contains("row 9 of table friend");
  }

  /** Each says what is wrong, and none gives a pickle. */
  @Test
  void whatHasNoMeaningIsNamed() throws Exception {
    Game game = migrated();
    Map<String, String> wrong = new TreeMap<>();
    execute(game, "p0004", "DELETE FROM friend WHERE save_id = :id AND ordinal = 1");
    wrong.put("p0004", "p0004: friends[1]: its row 1 is missing in table friend");
    execute(
        game, "p0002", "UPDATE player_friend SET friend = 55 WHERE save_id = :id AND ordinal = 0");
    wrong.put("p0002", "55");
    execute(
        game,
        "p0006",
        "INSERT INTO bag_item (save_id, ordinal, player_ordinal, position, thing, amount) VALUES"
            + " (:id, 20, 3, 0, 'rope', 7)");
    wrong.put("p0006", "p0006: its row 3 is missing in table player");
    execute(
        game,
        "p0005",
        "INSERT INTO friend (save_id, ordinal, name, since, player) VALUES (:id, 0, 'x', 1, 0);"
            + " INSERT INTO player_friend (save_id, ordinal, player_ordinal, position, friend)"
            + " VALUES (:id, 0, 0, 0, 0)");
    wrong.put("p0005", "nothing that it could be made like");
    try (RestoredSaves saves = RestoredSaves.open(game.config(), Limits.defaults())) {
      for (Map.Entry<String, String> one : wrong.entrySet()) {
        RestoreSummary summary = saves.restore(List.of(one.getKey()), (key, blob) -> {});
        assertThat(summary.failed()).as(one.getKey()).isEqualTo(1);
        assertThat(summary.problems().get(0)).contains(one.getValue());
      }
    }
  }
}
