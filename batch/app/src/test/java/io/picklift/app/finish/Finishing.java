package io.picklift.app.finish;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.accept.AcceptList;
import io.picklift.app.cli.Run;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.evolve.Moments;
import io.picklift.app.finish.archive.ArchiveRestore;
import io.picklift.app.job.Game;
import io.picklift.app.restore.RestoredSaves;
import io.picklift.codec.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A game whose tables own its saves. */
final class Finishing {
  final Game game;
  final Path archive;

  Finishing(Path folder, int saves) throws Exception {
    game = new Game(folder);
    game.fill(saves);
    archive = folder.resolve("saves.zip");
  }

  /** Hands all saves over, and edits some as a new application does. */
  void cutOver() throws Exception {
    assertThat(run("cutover", "--all").out()).contains("handed over to the tables");
    game.target("UPDATE player SET level = level + 5 WHERE save_id % 3 = 0");
    game.target("DELETE FROM bag_item WHERE save_id % 4 = 1 AND ordinal = 0");
  }

  Run run(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--config", game.file()));
    return Run.of(all.toArray());
  }

  FinishResult finish(Moments moments) throws Exception {
    try (Finish finish = Finish.open(game.config(), Limits.defaults(), moments)) {
      return finish.to(archive, AcceptList.none());
    }
  }

  /** All saves as the target gives them, by their keys. */
  Map<String, String> restored() throws Exception {
    Map<String, String> blobs = new TreeMap<>();
    try (RestoredSaves saves = RestoredSaves.open(game.config(), Limits.defaults())) {
      saves.restore(
          List.of(), (key, blob) -> blobs.put(key.text(), HexFormat.of().formatHex(blob)));
    }
    return blobs;
  }

  /** All saves as the archive gives them. */
  Map<String, String> archived() throws Exception {
    Map<String, String> blobs = new TreeMap<>();
    ArchiveRestore.Result result =
        new ArchiveRestore(List.of(), null)
            .run(archive, (key, blob) -> blobs.put(key.text(), HexFormat.of().formatHex(blob)));
    assertThat(result.problems()).isEmpty();
    return blobs;
  }

  /** How the target's tables and triggers are made. */
  List<String> schema() throws Exception {
    List<String> made = new ArrayList<>();
    try (Connection connection = game.targetConnection();
        Statement statement = connection.createStatement()) {
      List<String> names = new ArrayList<>();
      try (ResultSet row = statement.executeQuery("SHOW TABLES")) {
        while (row.next()) {
          names.add(row.getString(1));
        }
      }
      for (String name : names) {
        try (ResultSet row = statement.executeQuery("SHOW CREATE TABLE `" + name + "`")) {
          row.next();
          made.add(row.getString(2));
        }
      }
    }
    return made;
  }

  /** A schema that has nothing of Picklift, and that another server takes. */
  void assertFinished() throws Exception {
    List<String> made = schema();
    assertThat(made).noneMatch(sql -> sql.toLowerCase(Locale.ROOT).contains("picklift"));
    // The sequence that ids of saves come from is the application's as well.
    assertThat(made.stream().filter(sql -> !sql.contains("`save_sequence`"))).hasSize(4);
    Game other = new Game(Files.createDirectories(archive.resolveSibling("other")));
    try (Connection connection = other.targetConnection();
        Statement statement = connection.createStatement()) {
      // As mysqldump writes a schema.
      statement.execute("SET FOREIGN_KEY_CHECKS = 0");
      for (String sql : made) {
        statement.execute(sql);
      }
    }
  }

  static void assertDone(Run run) {
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
  }
}
