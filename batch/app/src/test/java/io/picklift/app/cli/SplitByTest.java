package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.job.Game;
import io.picklift.app.job.Jobs;
import io.picklift.schema.yaml.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table of keys and values, one row an attribute: each key's values are a table of their own. */
@Tag("database")
class SplitByTest {
  @TempDir private Path folder = Path.of("");
  private Game game;

  /** Protocol 0, as Python writes them. */
  private static final String HEALTH = "I%d\n.";

  private static final String HOME = "(dp0\nVtown\np1\nV%s\np2\nsVat\np3\n(I%d\nI2\ntp4\ns.";
  private static final String TAGS = "(lp0\nVold\np1\naV%s\np2\na.";

  @BeforeEach
  void attributes() throws Exception {
    game = new Game(folder);
    game.source(
        "CREATE TABLE attribute (id INT NOT NULL PRIMARY KEY, object_id INT, db_key VARCHAR(40),"
            + " db_value LONGBLOB)");
    try (Connection connection = game.connection(game.sourceUrl());
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO attribute VALUES (?, ?, ?, ?)")) {
      for (int i = 0; i < 30; i++) {
        int object = i / 3;
        String pickle =
            switch (i % 3) {
              case 0 -> HEALTH.formatted(object);
              case 1 -> HOME.formatted("Ulm" + object, object * 10);
              default -> TAGS.formatted("t" + object);
            };
        insert.setInt(1, i);
        insert.setInt(2, object);
        insert.setString(3, i % 3 == 0 ? "health" : i % 3 == 1 ? "home" : "tags");
        insert.setBytes(4, pickle.getBytes(StandardCharsets.US_ASCII));
        insert.executeUpdate();
      }
    }
    game.configure(
        "table: attribute\n  key: id\n  blob: db_value\n  carry: [object_id]\n  split_by: db_key\n",
        game.targetUrl());
  }

  @Test
  void anEmptyValueAndNoneGoWithThoseThatNoTableNames() throws Exception {
    game.source("UPDATE attribute SET db_key = '' WHERE id = 3");
    game.source("UPDATE attribute SET db_key = NULL WHERE id = 6");
    profile();
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      assertThat(game.number("SELECT COUNT(*) FROM save")).isEqualTo(2);
      assertThat(jobs.verify().isClean()).isTrue();
    }
  }

  private void profile() throws Exception {
    Files.deleteIfExists(folder.resolve("mapping.yaml"));
    Run run = Run.of("profile", "--config", game.file(), "--out", folder);
    assertThat(run.status()).as(run.err()).isZero();
  }

  @Test
  void theFirstMappingHasATableAValue() throws Exception {
    profile();
    String mapping = Files.readString(folder.resolve("mapping.yaml"));
    assertThat(mapping)
        .contains("  health:\n    root: true\n    split: health\n")
        .contains("      town: VARCHAR(16)")
        .contains("  tags_item:\n    each: tags");
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      assertThat(game.number("SELECT value FROM health WHERE object_id = 7")).isEqualTo(7);
      assertThat(
              game.text(
                  "SELECT h.town FROM health v JOIN home h ON h.object_id = v.object_id WHERE"
                      + " v.value = 4"))
          .isEqualTo("Ulm4");
      assertThat(
              game.number(
                  "SELECT COUNT(*) FROM tags t JOIN tags_item i USING (save_id) WHERE t.db_key ="
                      + " 'tags'"))
          .isEqualTo(20);
      assertThat(game.number("SELECT COUNT(*) FROM save")).isZero();
      assertThat(jobs.verify().isClean()).isTrue();
    }
  }

  @Test
  void aValueThatChangesMovesTheRowAndAValueUnheardOfIsKept() throws Exception {
    profile();
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      game.source("UPDATE attribute SET db_key = 'mana' WHERE id = 3");
      game.source("UPDATE attribute SET db_key = 'home' WHERE id = 6");
      assertThat(jobs.verify().findings()).containsKey("differs");
      assertThat(jobs.backfill().replaced()).isEqualTo(2);
      assertThat(game.number("SELECT COUNT(*) FROM health")).isEqualTo(8);
      assertThat(game.text("SELECT db_key FROM save")).isEqualTo("mana");
      assertThat(game.number("SELECT COUNT(*) FROM home WHERE town IS NULL")).isEqualTo(1);
      assertThat(jobs.verify().isClean()).isTrue();
    }
  }

  @Test
  void savesComeBackAlsoWithChangedCells() throws Exception {
    profile();
    try (Jobs jobs = game.open()) {
      jobs.migrate();
    }
    game.target("UPDATE home SET town = 'Bonn' WHERE object_id = 2");
    Path out = folder.resolve("out");
    Run run = Run.of("restore", "--config", game.file(), "--out", out);
    assertThat(run.status()).as(run.err()).isZero();
    for (int id : new int[] {0, 4, 5}) {
      byte[] was;
      try (Connection connection = game.connection(game.sourceUrl());
          var row =
              connection
                  .createStatement()
                  .executeQuery("SELECT db_value FROM attribute WHERE id = " + id)) {
        row.next();
        was = row.getBytes(1);
      }
      assertThat(Arrays.equals(Files.readAllBytes(out.resolve(id + ".pkl")), was)).isTrue();
    }
    assertThat(Files.readString(out.resolve("7.pkl"), StandardCharsets.ISO_8859_1))
        .contains("Bonn")
        .doesNotContain("Ulm2");
  }

  @Test
  void aMappingForSomeValuesNeedsTheColumn() throws Exception {
    profile();
    String config = Files.readString(game.file());
    Files.writeString(game.file(), config.replace("split_by: db_key", "where: TRUE"));
    assertThatThrownBy(game::open)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(
            "table health is for some values of a column of the source: source.split_by has to name"
                + " it");
    Files.writeString(game.file(), config.replace("split_by: db_key", "split_by: db_kay"));
    assertThat(Run.of("profile", "--config", game.file(), "--out", folder).err())
        .contains(
            "source.split_by: the table 'attribute' has no column 'db_kay'; did you mean db_key?");
  }

  @Test
  void driftIsToldByValue() throws Exception {
    profile();
    game.source("UPDATE attribute SET db_value = 'Vfull\n.' WHERE id = 3");
    Run run =
        Run.of("profile", "--config", game.file(), "--against", folder.resolve("mapping.yaml"));
    assertThat(run.out()).contains("$split.health").doesNotContain("$split.home");
  }
}
