package io.picklift.app.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.cli.Run;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.schema.yaml.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The root table has the source row's key, and what is carried beside the save. */
@Tag("database")
class OuterColumnsTest {
  private static final String COLUMNS =
      """
          source:
            source_id: {column: id, type: VARCHAR(40)}
            owner_id: INT
            source_name: {column: $source, type: VARCHAR(64)}
            key_hash: {column: $key_sha256, type: VARBINARY(32)}
          indexes:
            - {columns: [source_id, source_name], unique: true}
      """;

  @TempDir private Path folder = Path.of("");

  private Game game(String carry) throws Exception {
    Game game = new Game(folder);
    Path file = folder.resolve("mapping.yaml");
    String mapping = Files.readString(file);
    int at = mapping.indexOf("    columns:", mapping.indexOf("  player:"));
    Files.writeString(file, mapping.substring(0, at) + COLUMNS + mapping.substring(at));
    game.fill(3);
    game.source("ALTER TABLE saves ADD COLUMN owner_id INT");
    game.source("UPDATE saves SET owner_id = 70 WHERE id = 'p0001'");
    game.configure(carry);
    return game;
  }

  @Test
  void aJoinWithTheSourceFindsTheRow() throws Exception {
    Game game = game("  carry: [owner_id]");
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      assertThat(game.text("SELECT source_id FROM player WHERE owner_id = 70")).isEqualTo("p0001");
      assertThat(game.text("SELECT source_name FROM player WHERE source_id = 'p0002'"))
          .isEqualTo("saves");
      assertThat(
              game.number(
                  "SELECT COUNT(*) FROM player p JOIN picklift_save s USING (save_id)"
                      + " WHERE p.key_hash = s.key_sha256"))
          .isEqualTo(3);
      assertThat(jobs.verify().isClean()).isTrue();
    }
  }

  @Test
  void aChangeOfWhatIsCarriedIsAChangeOfTheRow() throws Exception {
    Game game = game("  carry: [owner_id]");
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      assertThat(jobs.backfill().unchanged()).isEqualTo(3);
      game.source("UPDATE saves SET owner_id = NULL WHERE id = 'p0001'");
      assertThat(jobs.verify().findings()).containsKey("differs");
      assertThat(jobs.backfill().replaced()).isEqualTo(1);
      assertThat(game.number("SELECT COUNT(*) FROM player WHERE owner_id IS NULL")).isEqualTo(3);
      assertThat(jobs.verify().isClean()).isTrue();
    }
  }

  /** A write-back moves such a column, and the rows are to say so once the source counts again. */
  @Test
  void whatIsCarriedIsTakenAgainFromASourceThatIsWrittenBack() throws Exception {
    Game game = game("  carry: [owner_id]");
    game.source(
        "CREATE TRIGGER counted BEFORE UPDATE ON saves FOR EACH ROW"
            + " SET NEW.owner_id = COALESCE(OLD.owner_id, 0) + 1");
    assertThat(Run.on(game, "cutover", "--all").status()).isEqualTo(ExitStatus.DONE);
    game.target("UPDATE player SET level = 77 WHERE source_id = 'p0001'");
    assertThat(Run.on(game, "writeback").out()).contains("1  saves written");
    assertThat(Run.on(game, "verify").status()).isEqualTo(ExitStatus.DONE);
    Run back = Run.on(game, "cutover", "--back", "--all");
    assertThat(back.out()).contains("3  saves given back");
    assertThat(game.number("SELECT owner_id FROM player WHERE source_id = 'p0001'")).isEqualTo(71);
    Run verify = Run.on(game, "verify");
    assertThat(verify.status()).as(verify.out()).isEqualTo(ExitStatus.DONE);
    assertThat(Run.on(game, "cutover", "--all").out()).contains("3  saves handed over");
  }

  /** Values that the driver, or a long, has no form for. */
  @Test
  void columnsOfEachTypeAreCarriedAsTheyAre() throws Exception {
    Game game = new Game(folder);
    Path file = folder.resolve("mapping.yaml");
    String mapping = Files.readString(file);
    int at = mapping.indexOf("    columns:", mapping.indexOf("  player:"));
    String columns =
        """
            source:
              wide: BIGINT UNSIGNED
              took: VARCHAR(20)
              bits: BIGINT UNSIGNED
              yes: BOOLEAN
              day: {column: on_day, type: DATE}
              real_part: DOUBLE
        """;
    Files.writeString(file, mapping.substring(0, at) + columns + mapping.substring(at));
    game.fill(3);
    game.source(
        "ALTER TABLE saves ADD wide BIGINT UNSIGNED, ADD took TIME(2), ADD bits BIT(5), ADD yes"
            + " BIT(1), ADD on_day DATE, ADD real_part FLOAT");
    game.source(
        "UPDATE saves SET wide = 18446744073709551615, took = '-12:03:04.5', bits = 5, yes = 1,"
            + " on_day = '2024-02-29', real_part = 1.5 WHERE id = 'p0001'");
    game.configure("  carry: [wide, took, bits, yes, on_day, real_part]");
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      assertThat(
              game.text(
                  "SELECT CONCAT_WS('|', wide, took, bits, yes, day, real_part) FROM player WHERE"
                      + " wide IS NOT NULL"))
          .isEqualTo("18446744073709551615|-12:03:04.50|5|1|2024-02-29|1.5");
      assertThat(jobs.verify().isClean()).isTrue();
      assertThat(jobs.backfill().unchanged()).isEqualTo(3);
      game.target("UPDATE player SET wide = 18446744073709551614 WHERE wide IS NOT NULL");
      assertThat(jobs.verify().isClean()).isFalse();
    }
  }

  @Test
  void aColumnThatIsNotCarriedIsToldBeforeAnythingStarts() throws Exception {
    Game game = game("  name: saves");
    assertThatThrownBy(game::open)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("owner_id is the source's 'owner_id', which is not of its key")
        .hasMessageContaining("source.carry has to name it");
  }
}
