package io.picklift.app.poison;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.job.Game;
import io.picklift.app.job.Jobs;
import io.picklift.app.source.SaveKey;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process had in hand when it died, as the next run finds it. */
@Tag("database")
final class SavesInHandTest {
  private static final int ROWS = 20;
  private static final String SUSPECTS = "SELECT COUNT(*) FROM picklift_suspect";

  @TempDir private Path folder = Path.of("");

  /** As a process leaves it that dies. */
  private static void die(Game game, boolean isAlone, String... keys) throws SQLException {
    StringBuilder hex = new StringBuilder();
    for (String key : keys) {
      for (byte b : new SaveKey(List.of(key)).sha256()) {
        hex.append("%02x".formatted(b));
      }
    }
    game.target(
        "INSERT INTO picklift_in_hand VALUES ('saves', UUID(), %b, x'%s', NULL)"
            .formatted(isAlone, hex));
  }

  private Game game() throws Exception {
    Game game = new Game(folder);
    try (Jobs jobs = game.open()) {
      assertThat(jobs.migrate().added()).isZero();
    }
    game.fill(ROWS);
    return game;
  }

  @Test
  void threeDeathsAloneWithASaveQuarantineItAndNoOther() throws Exception {
    Game game = game();
    game.target(
        "INSERT INTO picklift_suspect VALUES ('saves', UNHEX(SHA2('p0003', 256)), 2),"
            + " ('saves', UNHEX(SHA2('p0004', 256)), 2)");
    die(game, true, "p0003");
    die(game, false, "p0004", "p0005");
    try (Jobs jobs = game.open()) {
      assertThat(jobs.migrate().quarantinedTotal())
          .containsExactly(java.util.Map.entry("poison", 1L));
      assertThat(game.text("SELECT source_key FROM picklift_save WHERE status = 'quarantined'"))
          .isEqualTo("p0003");
      assertThat(game.number("SELECT COUNT(*) FROM picklift_save WHERE status = 'migrated'"))
          .isEqualTo(ROWS - 1);
      // All were looked at, and the process lives.
      assertThat(game.number(SUSPECTS)).isZero();
      assertThat(game.number("SELECT COUNT(*) FROM picklift_in_hand")).isZero();
      assertThat(jobs.backfill().counts().quarantined()).isEqualTo(1);
    }
  }

  @Test
  void aKillFromOutsideQuarantinesNothing() throws Exception {
    Game game = game();
    for (int i = 0; i < 5; i++) {
      die(game, false, "p0001", "p0002");
    }
    SavesInHand inHand;
    try (Jobs jobs = game.open();
        var target = new com.zaxxer.hikari.HikariDataSource()) {
      target.setJdbcUrl(game.targetUrl());
      target.setUsername(io.picklift.schema.testing.TestDatabase.get().username());
      target.setPassword(io.picklift.schema.testing.TestDatabase.get().password());
      inHand = new SavesInHand(target, "saves");
      inHand.begin();
      assertThat(inHand.isSuspect(new SaveKey(List.of("p0001")))).isTrue();
      assertThat(inHand.isPoison(new SaveKey(List.of("p0001")))).isFalse();
      assertThat(inHand.isSuspect(new SaveKey(List.of("p0003")))).isFalse();
      assertThat(jobs.migrate().added()).isEqualTo(ROWS);
      assertThat(game.number(SUSPECTS)).isZero();
    }
  }
}
