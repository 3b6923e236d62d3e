package io.picklift.app.evolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.config.Config;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.job.Game;
import io.picklift.app.job.Jobs;
import io.picklift.app.restore.RestoredSaves;
import io.picklift.codec.Limits;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.rows.SqlNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A game whose target goes from one mapping to another, and what it is compared with. */
final class Evolving {
  final Game game;
  private final Path folder;

  Evolving(Path folder, int saves) throws Exception {
    this.folder = Files.createDirectories(folder);
    game = new Game(folder);
    game.fill(saves);
  }

  /** The game's first mapping. */
  static String first() throws Exception {
    return Files.readString(Path.of("src/test/resources/game/mapping.yaml"));
  }

  /** The configuration names this mapping from now on. */
  void mapping(String yaml) throws Exception {
    Files.writeString(folder.resolve("mapping.yaml"), yaml);
  }

  void migrate(String yaml) throws Exception {
    mapping(yaml);
    try (Jobs jobs = game.open()) {
      jobs.migrate();
    }
  }

  /** Takes it to another mapping, which the configuration names then. */
  EvolveResult evolve(String yaml, Moments moments) throws Exception {
    return evolve(yaml, DecodingEngine.Name.FAST, moments);
  }

  /** The same, with this engine reading the saves whose rows were edited. */
  EvolveResult evolve(String yaml, DecodingEngine.Name engine, Moments moments) throws Exception {
    Path file = Files.writeString(folder.resolve("next.yaml"), yaml);
    try (Evolve evolve = Evolve.open(config(), engine, Limits.defaults(), moments)) {
      return evolve.to(file);
    }
  }

  EvolveResult back() throws Exception {
    return back(Moments.NONE);
  }

  EvolveResult back(Moments moments) throws Exception {
    try (Evolve evolve =
        Evolve.open(config(), DecodingEngine.Name.FAST, Limits.defaults(), moments)) {
      return evolve.back();
    }
  }

  EvolveResult cancel() throws Exception {
    try (Evolve evolve =
        Evolve.open(config(), DecodingEngine.Name.FAST, Limits.defaults(), Moments.NONE)) {
      return evolve.cancel();
    }
  }

  Config config() {
    return game.config();
  }

  /** All saves as the target gives them, by their keys. */
  Map<String, String> restored() throws Exception {
    Map<String, String> blobs = new TreeMap<>();
    try (RestoredSaves saves = RestoredSaves.open(config(), Limits.defaults())) {
      assertThat(
              saves
                  .restore(
                      List.of(),
                      (key, blob) -> blobs.put(key.text(), HexFormat.of().formatHex(blob)))
                  .problems())
          .isEmpty();
    }
    return blobs;
  }

  /** The rows of a mapping's tables by their saves' keys, and how the tables are made. */
  Map<String, List<String>> content(String yaml) throws Exception {
    Map<String, List<String>> content = new TreeMap<>();
    try (Connection connection = game.targetConnection();
        Statement statement = connection.createStatement()) {
      for (TableMapping table : Mapping.parse("mapping", yaml).tables()) {
        content.put(table.name(), rows(statement, table.name()));
        try (ResultSet made =
            statement.executeQuery("SHOW CREATE TABLE " + SqlNames.quote(table.name()))) {
          made.next();
          String text = made.getString(2);
          assertThat(text).doesNotContain("picklift_new", "picklift_old");
          content.put(table.name() + " made", text.lines().map(String::strip).sorted().toList());
        }
      }
      content.put(
          "unfit",
          list(
              statement,
              "SELECT source_key, column_name, unfit_count FROM picklift_column_unfit"
                  + " JOIN picklift_save USING (save_id) ORDER BY 1, 2"));
      content.put(
          "counts",
          list(
              statement,
              "SELECT source_key, row_count, value_count, table_value_count, unfit_value_count"
                  + " FROM picklift_archive JOIN picklift_save USING (save_id) ORDER BY 1"));
    }
    return content;
  }

  private static List<String> rows(Statement statement, String table) throws Exception {
    return list(
        statement,
        "SELECT s.source_key, t.* FROM "
            + SqlNames.quote(table)
            + " t JOIN picklift_save s ON s.save_id = t.save_id ORDER BY 1, t.ordinal");
  }

  private static List<String> list(Statement statement, String sql) throws Exception {
    List<String> rows = new ArrayList<>();
    try (ResultSet row = statement.executeQuery(sql)) {
      ResultSetMetaData columns = row.getMetaData();
      while (row.next()) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          if (!columns.getColumnName(i).equals("save_id")) {
            text.append(columns.getColumnName(i)).append('=').append(row.getString(i)).append(' ');
          }
        }
        rows.add(text.toString());
      }
    }
    return rows;
  }

  /** Tables that are not the mapping's and not Picklift's. */
  List<String> leftOvers() throws Exception {
    try (Connection connection = game.targetConnection();
        Statement statement = connection.createStatement()) {
      return list(
          statement,
          "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND"
              + " (table_name LIKE 'picklift\\_new%' OR table_name LIKE 'picklift\\_old%')");
    }
  }
}
