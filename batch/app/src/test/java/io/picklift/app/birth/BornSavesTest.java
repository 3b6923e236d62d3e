package io.picklift.app.birth;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.Run;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.job.Game;
import io.picklift.app.restore.RestoreSummary;
import io.picklift.app.restore.RestoredSaves;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Saves that a new application makes with plain SQL; born.py has the same ones. */
@Tag("database")
final class BornSavesTest {
  @TempDir private Path folder = Path.of("");

  private record Born(int migrated, String sql, byte[] python) {}

  private static List<Born> born(int migrated) throws Exception {
    try (InputStream in = BornSavesTest.class.getResourceAsStream("/game/born.tsv")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      List<Born> all = new ArrayList<>();
      for (String line : text.lines().toList()) {
        String[] cells = line.split("\t", -1);
        if (Integer.parseInt(cells[0]) == migrated) {
          all.add(new Born(migrated, cells[1], HexFormat.of().parseHex(cells[2])));
        }
      }
      return all;
    }
  }

  private Game cutOver(int saves) throws Exception {
    Game game = new Game(folder);
    game.fill(saves - 1);
    assertThat(Run.on(game, "migrate").status()).isEqualTo(ExitStatus.DONE);
    game.put(String.format("p%04d", saves - 1), Game.save(saves - 1));
    assertThat(Run.on(game, "cutover", "--all").out()).contains(saves + "  saves handed over");
    return game;
  }

  private static Map<String, byte[]> restored(Game game) throws Exception {
    Map<String, byte[]> blobs = new TreeMap<>();
    try (RestoredSaves saves = RestoredSaves.open(game.config(), Limits.defaults())) {
      RestoreSummary summary = saves.restore(List.of(), (key, blob) -> blobs.put(key.text(), blob));
      assertThat(summary.problems()).isEmpty();
    }
    return blobs;
  }

  private static SaveGraph decode(byte[] pickle) throws Exception {
    return new PickleDecoder(Limits.defaults()).decode(pickle);
  }

  /** Of so many saves the last is of protocol 5, 4 and 2. */
  @ParameterizedTest
  @ValueSource(ints = {12, 11, 10})
  void aNewSaveIsWhatPythonMakesOfTheSameObjects(int migrated) throws Exception {
    Game game = cutOver(migrated);
    long highest = game.number("SELECT MAX(save_id) FROM picklift_save");
    List<Born> all = born(migrated);
    assertThat(all).hasSize(30);
    for (int i = 0; i < all.size(); i++) {
      long id = NewApplication.save(game, String.format("n%04d", i), all.get(i).sql());
      assertThat(id).isGreaterThan(highest);
    }
    Map<String, byte[]> blobs = restored(game);
    assertThat(blobs).hasSize(migrated + all.size());
    for (int i = 0; i < all.size(); i++) {
      byte[] blob = Objects.requireNonNull(blobs.get(String.format("n%04d", i)));
      Born one = all.get(i);
      assertThat(GraphDiff.compare(decode(blob), decode(one.python()), 10, Limits.defaults()))
          .as(one.sql())
          .isEmpty();
      assertThat(blob[1]).as("protocol").isEqualTo(one.python()[1]);
    }
    for (int i = 0; i < migrated; i++) {
      assertThat(blobs.get(String.format("p%04d", i))).isEqualTo(Game.save(i));
    }
    assertThat(Run.on(game, "writeback").out()).contains(all.size() + "  new saves added");
    assertThat(restored(game)).usingRecursiveComparison().isEqualTo(blobs);
    // Whatever others are made like from now on.
    game.target("DELETE FROM picklift_template_save");
    assertThat(restored(game)).usingRecursiveComparison().isEqualTo(blobs);
  }

  /** No run takes a new save for one whose row is gone, or for one that has lost its archive. */
  @Test
  void otherCommandsKnowNewSavesAndLeaveThem() throws Exception {
    Game game = cutOver(12);
    String sql = born(12).get(0).sql();
    NewApplication.save(game, "n0001", sql);
    long rows = game.number("SELECT COUNT(*) FROM player");
    game.put("p0100", Game.save(3));
    for (String command : List.of("backfill", "migrate", "verify", "backfill")) {
      Run run = Run.on(game, command);
      assertThat(run.status()).as(command + run.out() + run.err()).isEqualTo(ExitStatus.DONE);
    }
    assertThat(game.number("SELECT COUNT(*) FROM player")).isEqualTo(rows + 1);
    long id = game.number("SELECT save_id FROM picklift_save WHERE source_key = 'n0001'");
    assertThat(game.number("SELECT save_id FROM picklift_save WHERE source_key = 'p0100'"))
        .isGreaterThan(id);
    assertThat(restored(game)).containsKey("n0001");
    Run back = Run.on(game, "cutover", "--back", "--all");
    assertThat(back.out()).contains("n0001: the source no longer has its row");
    assertThat(Run.on(game, "status").status()).isEqualTo(ExitStatus.DONE);
  }
}
