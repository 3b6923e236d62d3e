package io.picklift.app.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.operate.StatusQuery;
import io.picklift.app.operate.TargetStatus;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where copies do not say what their BLOB says stands in a table, and is kept current. */
@Tag("database")
final class DisagreementTest {
  @TempDir private Path folder = Path.of("");

  private static String of(Game game, String key) throws Exception {
    return String.valueOf(
        game.text(
            "SELECT GROUP_CONCAT(CONCAT_WS(' ', column_name, path, blob_kind, copy_kind) ORDER BY"
                + " number)"
                + " FROM picklift_disagreement WHERE source_key = '%s'".formatted(key)));
  }

  @Test
  void isEnteredWhileMigratingAndKeptCurrentByBackfill() throws Exception {
    Game game = new Game(folder);
    game.fill(3);
    game.configure("  columns: {level: level}\n  json: json");
    game.source("UPDATE saves SET level = 9999, json = '{\"level\": \"9999\"}'");
    game.source("UPDATE saves SET json = '{' WHERE id = 'p0002'");
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      assertThat(of(game, "p0000")).isEqualTo("level level number text,json level number text");
      assertThat(of(game, "p0002")).isEqualTo("level level number text,json  object unreadable");
      assertThat(
              game.number(
                  "SELECT COUNT(*) FROM picklift_disagreement WHERE copy_kind <> 'unreadable' AND"
                      + " (blob_sha256 IS NULL OR copy_sha256 IS NULL OR blob_sha256 ="
                      + " copy_sha256)"))
          .isZero();
      try (Connection connection = game.targetConnection()) {
        TargetStatus status = StatusQuery.read(connection, "here");
        assertThat(status.disagreements()).containsEntry("level", 3L).containsEntry("json", 3L);
      }
      assertThat(jobs.backfill().unchanged()).isEqualTo(3);

      long level =
          game.number(
              "SELECT p.level FROM player p JOIN picklift_save s USING (save_id)"
                  + " WHERE s.source_key = 'p0001'");
      game.source("UPDATE saves SET json = NULL, level = " + level + " WHERE id = 'p0001'");
      game.source("DELETE FROM saves WHERE id = 'p0002'");
      assertThat(jobs.backfill().replaced()).isEqualTo(1);
      assertThat(of(game, "p0001")).isEqualTo("null");
      assertThat(of(game, "p0002")).isEqualTo("null");
      assertThat(of(game, "p0000")).contains("json level");
      game.put("p0000", new byte[] {1});
      jobs.backfill();
      assertThat(game.number("SELECT COUNT(*) FROM picklift_disagreement")).isZero();
    }
  }

  @Test
  void savesOfAnEarlierPickliftAreNotMigratedAnewForIt() throws Exception {
    Game game = new Game(folder);
    game.fill(2);
    game.configure("  columns: {level: level}");
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      game.target("UPDATE picklift_save SET carried_sha256 = NULL");
      assertThat(jobs.backfill().unchanged()).isEqualTo(2);
    }
  }
}
