package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.job.Game;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Games whose targets keep what to merge by, and what an application without tables writes. */
final class MergeGames {
  /** Where {@link #edited(byte[], List)} makes what it gives, one target for all. */
  private static @Nullable Game maker;

  private static int made;

  private final Path folder;

  MergeGames(Path folder) {
    this.folder = folder;
  }

  /** A statement about the rows of a save, which names its id {@code :id}. */
  static String ofSave(String sql, String key) {
    return sql.replace(
        ":id", "(SELECT save_id FROM picklift_save WHERE source_key = '" + key + "')");
  }

  static void done(Run run) {
    assertThat(run.status()).as(run.err() + run.out()).isEqualTo(ExitStatus.DONE);
  }

  /** One that is empty. */
  Game game(String name) throws Exception {
    return new Game(Files.createDirectories(folder.resolve(name)));
  }

  /** The same, and its target keeps the BLOBs. */
  Game keeping(String name) throws Exception {
    Game game = game(name);
    keep(game);
    return game;
  }

  static void keep(Game game) throws IOException {
    Files.writeString(
        game.file(),
        Files.readString(game.file()).replace("target:\n", "target:\n  keep_base: true\n"));
  }

  Game migrated(String name, int saves) throws Exception {
    Game game = keeping(name);
    game.fill(saves);
    done(Run.on(game, "migrate"));
    return game;
  }

  static byte[] restored(Game game, String key) throws IOException {
    Path out = Files.createTempDirectory(game.file().getParent(), "out");
    done(Run.on(game, "restore", "--out", out, "--key", key));
    return Files.readAllBytes(out.resolve(key + ".pkl"));
  }

  static void edit(Game game, String key, List<String> edits) throws Exception {
    for (String sql : edits) {
      game.target(ofSave(sql, key));
    }
  }

  /** A save with edits, as an application that has no tables would write it. */
  static byte[] edited(byte[] save, List<String> edits) throws Exception {
    Game game = maker;
    if (game == null) {
      Path target = Files.createDirectories(Path.of("target"));
      game = new Game(Files.createTempDirectory(target, "maker"));
      maker = game;
    }
    return edited(game, "made" + made++, save, edits);
  }

  /** The same under the mapping of a game that is empty. */
  static byte[] edited(Game game, byte[] save, List<String> edits) throws Exception {
    return edited(game, "one", save, edits);
  }

  private static byte[] edited(Game game, String key, byte[] save, List<String> edits)
      throws Exception {
    game.put(key, save);
    // One save alone may not have all that the mapping names, which is told.
    assertThat(Run.on(game, "migrate").status()).isIn(ExitStatus.DONE, ExitStatus.LOOK);
    edit(game, key, edits);
    return restored(game, key);
  }

  /** What a pickle says. */
  String json(byte[] pickle) throws IOException {
    Path file = Files.write(Files.createTempFile(folder, "save", ".pkl"), pickle);
    Run decode = Run.of("decode", file);
    done(decode);
    return decode.out();
  }
}
