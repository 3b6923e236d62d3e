package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.job.Game;
import io.picklift.app.job.Jobs;
import io.picklift.schema.yaml.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table of keys and values as one table, in which each key has a group of columns. */
@Tag("database")
class SplitGroupsTest {
  @TempDir private Path folder = Path.of("");
  private Game game;

  @BeforeEach
  void attributes() throws Exception {
    game = new Game(folder);
    game.source(
        "CREATE TABLE attribute (id INT NOT NULL PRIMARY KEY, object_id INT, db_key VARCHAR(40),"
            + " db_value LONGBLOB)");
    try (Connection connection = game.connection(game.sourceUrl());
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO attribute VALUES (?, ?, ?, ?)")) {
      for (int i = 0; i < 40; i++) {
        int object = i / 4;
        // Protocol 0, as Python writes it.
        String pickle =
            switch (i % 4) {
              case 0 -> "I%d\n.".formatted(object);
              case 1 ->
                  "(dp0\nVtown\np1\nVUlm%d\np2\nsVat\np3\n(I%d\nI2\ntp4\ns."
                      .formatted(object, object * 10);
              case 2 -> "(lp0\nVold\np1\naVt%d\np2\na.".formatted(object);
              default -> "I%d\n.".formatted(object + 100);
            };
        insert.setInt(1, i);
        insert.setInt(2, object);
        insert.setString(3, new String[] {"health", "home", "tags", "mana left"}[i % 4]);
        insert.setBytes(4, pickle.getBytes(StandardCharsets.US_ASCII));
        insert.executeUpdate();
      }
    }
    game.configure(
        "table: attribute\n  key: id\n  blob: db_value\n  carry: [object_id]\n  split_by: db_key\n",
        game.targetUrl());
    Files.deleteIfExists(folder.resolve("mapping.yaml"));
    Run run = Run.of("profile", "--config", game.file(), "--out", folder, "--groups");
    assertThat(run.status()).as(run.err()).isZero();
  }

  @Test
  void eachValueHasColumnsOfOneTable() throws Exception {
    assertThat(Files.readString(folder.resolve("mapping.yaml")))
        .contains("path: \"$split.health\", type: SMALLINT")
        .contains("path: \"$split[\\\"mana left\\\"]\"")
        .contains("path: \"$split.home.town\"")
        .contains("each: \"save.$split.tags\"");
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      assertThat(
              game.number(
                  "SELECT COUNT(*) FROM save WHERE health = 7 AND mana_left IS NULL AND home_town"
                      + " IS NULL AND object_id = 7"))
          .isEqualTo(1);
      assertThat(
              game.text(
                  "SELECT h.home_town FROM save v JOIN save h ON h.object_id = v.object_id WHERE"
                      + " v.mana_left = 104 AND h.home_town IS NOT NULL"))
          .isEqualTo("Ulm4");
      assertThat(
              game.number(
                  "SELECT COUNT(*) FROM save s JOIN save_tag t USING (save_id) WHERE s.db_key ="
                      + " 'tags'"))
          .isEqualTo(20);
      assertThat(jobs.verify().isClean()).isTrue();
    }
  }

  @Test
  void aRowThatChangesItsValueGoesByTheOtherPaths() throws Exception {
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      game.source("UPDATE attribute SET db_key = 'mana left' WHERE id = 4");
      game.source("UPDATE attribute SET db_key = 'unheard' WHERE id = 8");
      assertThat(jobs.backfill().replaced()).isEqualTo(2);
      assertThat(game.number("SELECT mana_left FROM save WHERE object_id = 1 AND mana_left < 100"))
          .isEqualTo(1);
      assertThat(
              game.number(
                  "SELECT COUNT(*) FROM save WHERE db_key = 'unheard' AND health IS NULL AND"
                      + " mana_left IS NULL"))
          .isEqualTo(1);
      assertThat(jobs.verify().isClean()).isTrue();
    }
  }

  @Test
  void savesComeBackWithoutTheSourceAlsoWithChangedCells() throws Exception {
    try (Jobs jobs = game.open()) {
      jobs.migrate();
    }
    game.target("UPDATE save SET health = 12345 WHERE object_id = 2 AND health IS NOT NULL");
    game.target("UPDATE save SET home_town = 'Bonn' WHERE object_id = 2 AND db_key = 'home'");
    // What restores a save is the residue: the column is for show.
    game.target("UPDATE save SET db_key = 'health'");
    Path out = folder.resolve("out");
    Run run = Run.of("restore", "--config", game.file(), "--out", out);
    assertThat(run.status()).as(run.err()).isZero();
    for (int id : new int[] {0, 1, 2, 3, 39}) {
      assertThat(Files.readAllBytes(out.resolve(id + ".pkl"))).isEqualTo(blob(id));
    }
    assertThat(Files.readString(out.resolve("8.pkl"), StandardCharsets.ISO_8859_1))
        .contains("12345");
    assertThat(Files.readString(out.resolve("9.pkl"), StandardCharsets.ISO_8859_1))
        .contains("Bonn")
        .doesNotContain("Ulm2");
  }

  private byte[] blob(int id) throws Exception {
    try (Connection connection = game.connection(game.sourceUrl());
        ResultSet row =
            connection
                .createStatement()
                .executeQuery("SELECT db_value FROM attribute WHERE id = " + id)) {
      row.next();
      return row.getBytes(1);
    }
  }

  @Test
  void aCellOfAnotherGroupIsRefused() throws Exception {
    try (Jobs jobs = game.open()) {
      jobs.migrate();
    }
    game.target("UPDATE save SET home_town = 'Bonn' WHERE db_key = 'health'");
    Run run = Run.of("restore", "--config", game.file(), "--out", folder.resolve("out"));
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out() + run.err()).contains("town");
  }

  /** Else the columns of all values would be NULL from then on. */
  @Test
  void evolveNeedsTheColumnThatSaysTheValue() throws Exception {
    Path mapping = folder.resolve("mapping.yaml");
    String text = Files.readString(mapping);
    String without = text.replaceAll("(?m)^ +db_key: .*\n", "").replaceAll(", db_key: [^}]*", "");
    assertThat(without).doesNotContain("db_key:");
    Files.writeString(mapping, without);
    try (Jobs jobs = game.open()) {
      jobs.migrate();
    }
    Path next = folder.resolve("next.yaml");
    Files.writeString(
        next,
        without.replace(
            "path: \"$split.health\", type: SMALLINT", "path: \"$split.health\", type: INT"));
    assertThat(Files.readString(next)).isNotEqualTo(without);
    Run run = Run.of("evolve", "--mapping", next, "--config", game.file());
    assertThat(run.status()).isNotZero();
    assertThat(run.err()).contains("which of the saves' rows have which value");
    assertThat(game.number("SELECT COUNT(health) FROM save")).isEqualTo(10);
  }

  /** The new mapping has one type more, so that all saves are taken apart anew. */
  private Path widened() throws Exception {
    String text = Files.readString(folder.resolve("mapping.yaml"));
    Path next = folder.resolve("next.yaml");
    Files.writeString(
        next,
        text.replace(
            "path: \"$split.health\", type: SMALLINT", "path: \"$split.health\", type: INT"));
    assertThat(Files.readString(next)).isNotEqualTo(text);
    return next;
  }

  /** The cell that says the value is for show: which columns a save has is what was migrated. */
  @Test
  void evolveGoesByTheValueThatWasMigrated() throws Exception {
    try (Jobs jobs = game.open()) {
      jobs.migrate();
    }
    game.target("UPDATE save SET db_key = 'mana left' WHERE db_key = 'health'");
    game.target("UPDATE save SET db_key = 'unheard' WHERE db_key = 'home'");
    Path next = widened();
    Run run = Run.of("evolve", "--mapping", next, "--config", game.file());
    assertThat(run.status()).as(run.out() + run.err()).isZero();
    assertThat(game.number("SELECT COUNT(health) FROM save")).isEqualTo(10);
    assertThat(game.number("SELECT COUNT(mana_left) FROM save")).isEqualTo(10);
    assertThat(game.number("SELECT COUNT(home_town) FROM save WHERE db_key = 'unheard'"))
        .isEqualTo(10);
    Files.copy(next, folder.resolve("mapping.yaml"), StandardCopyOption.REPLACE_EXISTING);
    Path out = folder.resolve("out");
    Run restore = Run.of("restore", "--config", game.file(), "--out", out);
    assertThat(restore.status()).as(restore.out() + restore.err()).isZero();
    for (int id = 0; id < 40; id++) {
      assertThat(Files.readAllBytes(out.resolve(id + ".pkl"))).isEqualTo(blob(id));
    }
  }

  /**
   * A save of no group whose cell was given a group's value would move, and nobody asked for it.
   */
  @Test
  void evolveRefusesASaveThatSaysItIsOfAGroup() throws Exception {
    game.source("UPDATE attribute SET db_key = 'unheard' WHERE id = 8");
    try (Jobs jobs = game.open()) {
      jobs.migrate();
    }
    game.target("UPDATE save SET db_key = 'health' WHERE db_key = 'unheard'");
    Path next = widened();
    Run run = Run.of("evolve", "--mapping", next, "--config", game.file());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out() + run.err()).contains("8: db_key was changed to 'health' in the tables");
    assertThat(game.number("SELECT COUNT(health) FROM save")).isEqualTo(9);
    game.target("UPDATE save SET db_key = 'unheard' WHERE db_key = 'health' AND health IS NULL");
    Run again = Run.of("evolve", "--mapping", next, "--config", game.file());
    assertThat(again.status()).as(again.out() + again.err()).isZero();
  }

  @Test
  void noNewSaveIsMadeLikeOneOfAGroup() throws Exception {
    Run run = Run.of("cutover", "--all", "--config", game.file());
    assertThat(run.out())
        .contains("it goes by the columns of one value of split_by; new saves cannot be made");
  }

  /** A value of no characters is one that no path can be for. */
  @Test
  void aRowOfAnEmptyValueComesBack() throws Exception {
    game.source("UPDATE attribute SET db_key = '' WHERE id = 4");
    Path mapping = folder.resolve("mapping.yaml");
    Files.writeString(
        mapping, Files.readString(mapping).replace("\"$split.health\"", "'$split[\"\"]'"));
    assertThat(Files.readString(mapping)).contains("'$split[\"\"]'");
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      assertThat(jobs.verify().isClean()).isTrue();
    }
    Run restore = Run.of("restore", "--config", game.file(), "--out", folder.resolve("out"));
    assertThat(restore.status()).as(restore.err()).isZero();
    assertThat(Files.readAllBytes(folder.resolve("out/4.pkl"))).isEqualTo(blob(4));
  }

  @Test
  void driftIsToldByValueAndTheColumnIsNeeded() throws Exception {
    game.source("UPDATE attribute SET db_value = 'Vfull\n.' WHERE id = 4");
    Path mapping = folder.resolve("mapping.yaml");
    Run run = Run.of("profile", "--config", game.file(), "--against", mapping);
    assertThat(run.out()).contains("$split.health").doesNotContain("$split.home");
    assertThat(run.out()).doesNotContain("no save has");
    Files.writeString(
        game.file(), Files.readString(game.file()).replace("split_by: db_key", "where: TRUE"));
    assertThatThrownBy(game::open)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("source.split_by has to name it");
  }
}
