package io.picklift.app.companion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.account.CompanionCounts;
import io.picklift.app.account.RunSummary;
import io.picklift.app.job.Game;
import io.picklift.app.job.Jobs;
import io.picklift.app.report.CompanionTotals;
import io.picklift.app.report.Finding;
import io.picklift.app.report.VerifyReport;
import io.picklift.schema.yaml.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables beside the saves, copied, followed, and proven. */
@Tag("database")
final class CompanionTest {
  @TempDir private Path folder = Path.of("");

  private Game game;

  @SuppressWarnings("NullAway.Init") // set before each
  CompanionTest() {}

  @BeforeEach
  void makeMessages() throws Exception {
    game = new Game(folder);
    game.fill(2);
    game.source(
        "CREATE TABLE messages (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, player VARCHAR(255),"
            + " message TEXT, date VARCHAR(32))");
    game.source(
        "INSERT INTO messages (player, message, date) VALUES"
            + " ('u1', 'Hi', '2026-09-15 08:00:00'), ('u1', 'Ho 🎂', '2026-09-15T12:55:00Z'),"
            + " ('u2', NULL, 'yesterday'), ('u2', '', NULL)");
    game.append(
        """
        companions:
          messages:
            from: messages
            key: id
            columns:
              sent_at: {from: date, type: DATETIME(6)}
              player: VARCHAR(64)
              message: TEXT
            indexes: [[player, sent_at]]
        """);
  }

  private static CompanionCounts only(RunSummary summary) {
    assertThat(summary.companions()).hasSize(1);
    return summary.companions().get(0);
  }

  @Test
  void aTableIsCopiedTypedAndWhatItsColumnsDoNotGiveBackStandsBeside() throws Exception {
    try (Jobs jobs = game.open()) {
      CompanionCounts counts = only(jobs.migrate());
      assertThat(counts).isEqualTo(new CompanionCounts("messages", 4, 0, 0, 0, 0, 0, 0));
      assertThat(
              game.text(
                  "SELECT GROUP_CONCAT(CONCAT_WS('|', id, CAST(sent_at AS CHAR),"
                      + " COALESCE(sent_at_text, '-')) ORDER BY id SEPARATOR ', ') FROM messages"))
          .isEqualTo(
              "1|2026-09-15 08:00:00.000000|-, 2|2026-09-15 12:55:00.000000|2026-09-15T12:55:00Z,"
                  + " 3|yesterday, 4|-");
      assertThat(game.text("SELECT message FROM messages WHERE id = 2")).isEqualTo("Ho 🎂");
      assertThat(
              game.number(
                  "SELECT COUNT(*) FROM information_schema.statistics WHERE table_schema ="
                      + " DATABASE() AND table_name = 'messages' AND column_name = 'sent_at'"))
          .isEqualTo(1);
      assertThat(
              game.number(
                  "SELECT COUNT(*) FROM picklift_companion_run WHERE source_rows = 4 AND added ="
                      + " 4"))
          .isEqualTo(1);
      VerifyReport report = jobs.verify();
      assertThat(report.isClean()).isTrue();
      assertThat(report.companions())
          .containsExactly(new CompanionTotals("messages", 4, 4, 0, 0, 0, 0, 0));
      assertThat(only(jobs.backfill()).unchanged()).isEqualTo(4);
    }
  }

  @Test
  void backfillTouchesTheNewTheChangedAndTheGoneAlone() throws Exception {
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      game.target("UPDATE messages SET picklift_copied_at = '2001-01-01'");
      game.source("UPDATE messages SET message = NULL WHERE id = 4");
      game.source("DELETE FROM messages WHERE id = 1");
      game.source("INSERT INTO messages (player, message) VALUES ('u3', 'new')");
      assertThat(only(jobs.migrate()))
          .isEqualTo(new CompanionCounts("messages", 1, 1, 2, 0, 0, 0, 1));
      game.target("UPDATE messages SET picklift_copied_at = '2001-01-01'");
      game.source("UPDATE messages SET message = 'x' WHERE id = 4");
      assertThat(only(jobs.backfill()))
          .isEqualTo(new CompanionCounts("messages", 0, 1, 3, 0, 0, 1, 0));
      assertThat(
              game.number("SELECT COUNT(*) FROM messages WHERE picklift_copied_at > '2002-01-01'"))
          .isEqualTo(1);
      assertThat(jobs.verify().isClean()).isTrue();
    }
  }

  @Test
  void aSourceThatWasEmptiedEmptiesNothing() throws Exception {
    game.source("INSERT INTO messages (player) SELECT 'u' FROM messages a, messages b, messages c");
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      game.source("DELETE FROM messages");
      RunSummary summary = jobs.backfill();
      assertThat(only(summary).heldBack()).isEqualTo(68);
      assertThat(summary.notes()).singleElement().asString().contains("--max-deleted 68");
      assertThat(summary.isClean()).isFalse();
      assertThat(game.number("SELECT COUNT(*) FROM messages")).isEqualTo(68);
    }
  }

  @Test
  void whatALostTransactionTookIsCopiedAgain() throws Exception {
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      game.target("DELETE FROM messages WHERE id > 2");
      assertThat(only(jobs.migrate()).added()).isEqualTo(2);
      assertThat(jobs.verify().isClean()).isTrue();
    }
  }

  @Test
  void aRowThatIsRefusedStandsInATableOfItsOwnUntilItChanges() throws Exception {
    try (Jobs jobs = game.open()) {
      game.target("ALTER TABLE messages ADD UNIQUE (player, message(20))");
      game.source("UPDATE messages SET message = 'Hi' WHERE id = 2");
      RunSummary summary = jobs.migrate();
      assertThat(only(summary).refused()).isEqualTo(1);
      assertThat(only(summary).rows()).isEqualTo(4);
      assertThat(summary.isClean()).isFalse();
      assertThat(game.text("SELECT CONCAT(name, ' ', source_key) FROM picklift_companion_refused"))
          .isEqualTo("messages 2");
      assertThat(game.text("SELECT message FROM picklift_companion_refused"))
          .contains("1062")
          .doesNotContain("Hi");
      assertThat(only(jobs.backfill()).refused()).isEqualTo(1);
      game.source("UPDATE messages SET message = 'other' WHERE id = 2");
      assertThat(only(jobs.backfill()).added()).isEqualTo(1);
      assertThat(game.number("SELECT COUNT(*) FROM picklift_companion_refused")).isZero();
      game.source("UPDATE messages SET message = 'Hi' WHERE id = 2");
      jobs.backfill();
      game.source("DELETE FROM messages WHERE id = 2");
      assertThat(only(jobs.backfill()).refused()).isZero();
      assertThat(game.number("SELECT COUNT(*) FROM picklift_companion_refused")).isZero();
    }
  }

  @Test
  void aColumnThatIsRequiredRefusesRowsWithoutAValue() throws Exception {
    String text = Files.readString(game.file());
    Files.writeString(
        game.file(), text.replace("type: DATETIME(6)}", "type: DATETIME(6), required: true}"));
    try (Jobs jobs = game.open()) {
      assertThat(only(jobs.migrate()).refused()).isEqualTo(2);
      assertThat(game.text("SELECT message FROM picklift_companion_refused WHERE source_key = '3'"))
          .isEqualTo("sent_at: the value is no DATETIME(6), and the column is required");
    }
  }

  @Test
  void verifyNamesTableKeyAndColumn() throws Exception {
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      game.target("UPDATE messages SET sent_at = '2001-01-01' WHERE id = 1");
      game.target("UPDATE messages SET sent_at_text = 'today' WHERE id = 3");
      game.target("DELETE FROM messages WHERE id = 2");
      game.target(
          "INSERT INTO messages SELECT 99, sent_at, sent_at_text, player, player_text, message,"
              + " picklift_sha256, picklift_copied_at FROM messages WHERE id = 4");
      game.source("UPDATE messages SET message = 'x' WHERE id = 4");
      VerifyReport report = jobs.verify();
      assertThat(report.results())
          .extracting(result -> result.key() + ": " + result.findings().get(0).message())
          .containsExactly(
              "messages 1: messages.sent_at: is not what the source's row gives",
              "messages 2: messages: not copied yet",
              "messages 3: messages.sent_at_text: is not what the source's row gives",
              "messages 4: messages: changed since it was copied",
              "messages 99: messages: gone from the source, still in the target");
      assertThat(report.findings()).isEqualTo(Map.of("companion", 5L));
      assertThat(report.results().get(0).findings().get(0).kind())
          .isEqualTo(Finding.Kind.COMPANION);
      assertThat(report.rows()).isEqualTo(2);
      assertThat(report.equal()).isEqualTo(2);
      assertThat(report.isClean()).isFalse();
      assertThat(report.companions())
          .containsExactly(new CompanionTotals("messages", 4, 0, 0, 1, 1, 2, 1));
    }
  }

  @Test
  void keysOfSeveralColumnsAndOfAnyKind() throws Exception {
    game.source(
        "CREATE TABLE marks (who VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, raw"
            + " VARBINARY(8), day DATE, n DECIMAL(20,4), mark TINYINT UNSIGNED, PRIMARY KEY (who,"
            + " raw, day, n))");
    game.source(
        "INSERT INTO marks VALUES ('a', x'00', '2024-01-01', 1.5, 200), ('A', x'00', '2024-01-01',"
            + " 1.5, 1), ('a', x'ff27', '2024-01-01', -1.5, NULL), ('', x'', '1999-12-31', 0, 7)");
    game.append(
        """
          marks:
            key: [who, raw, day, n]
            columns: {mark: SMALLINT}
        """);
    try (Jobs jobs = game.open()) {
      assertThat(jobs.migrate().companions().get(1).added()).isEqualTo(4);
      assertThat(jobs.verify().isClean()).isTrue();
      game.source("UPDATE marks SET who = 'b' WHERE who = 'A'");
      CompanionCounts counts = jobs.backfill().companions().get(1);
      assertThat(counts.deleted()).isEqualTo(1);
      assertThat(game.number("SELECT COUNT(*) FROM marks WHERE who IN ('a', 'b')")).isEqualTo(3);
      assertThat(jobs.verify().isClean()).isTrue();
    }
  }

  @Test
  void aChangeOfAColumnOfAnyTypeIsSeen() throws Exception {
    game.source(
        "CREATE TABLE kinds (id INT PRIMARY KEY, f FLOAT, d DOUBLE, b BIT(5), e ENUM('x', 'y'), s"
            + " SET('x', 'y'), j JSON, t TIMESTAMP(3) NULL, y YEAR, ti TIME(2), raw BLOB, n"
            + " DECIMAL(30,10), l LONGTEXT, la VARCHAR(9) CHARACTER SET latin1)");
    game.source(
        "INSERT INTO kinds VALUES (1, 1e20, 1e-300, b'10001', 'y', 'x,y', '{\"a\": [1, 2.5]}',"
            + " '2024-01-01 00:00:00.125', 2024, '-100:00:00.25', x'00ff', 1.5, 'l', 'é')");
    game.append(
        """
          kinds:
            key: id
            columns:
              f: DOUBLE
              d: DOUBLE
              b: SMALLINT
              e: VARCHAR(10)
              s: TEXT
              j: JSON
              t: DATETIME(6)
              y: SMALLINT
              ti: TIME(6)
              raw: BLOB
              n: DECIMAL(40,10)
              l: LONGTEXT
              la: VARCHAR(9)
        """);
    try (Jobs jobs = game.open()) {
      assertThat(jobs.migrate().companions().get(1).added()).isEqualTo(1);
      assertThat(
              game.text(
                  "SELECT CONCAT_WS('|', b, e, s, CAST(t AS CHAR), y, CAST(ti AS CHAR), HEX(raw),"
                      + " n, l, la) FROM kinds"))
          .isEqualTo(
              "17|y|x,y|2024-01-01 00:00:00.125000|2024|-100:00:00.250000|00FF|1.5000000000|l|é");
      assertThat(jobs.verify().isClean()).isTrue();
      for (String change :
          List.of(
              "f = f * 1.0000002",
              "d = d * 1.0000000001",
              "b = b'10000'",
              "e = 'x'",
              "s = 'x'",
              "j = '{\"a\": [2, 2.5]}'",
              "t = '2024-01-01 00:00:00.126'",
              "y = 2025",
              "ti = '-100:00:00.26'",
              "raw = x'00'",
              "n = 1.5000000001",
              "l = NULL",
              "la = 'e'")) {
        game.source("UPDATE kinds SET " + change);
        assertThat(jobs.verify().findings()).as(change).isEqualTo(Map.of("companion", 1L));
        jobs.backfill();
      }
      assertThat(jobs.verify().isClean()).isTrue();
    }
  }

  @Test
  void aTableOfOtherColumnsIsNotTakenForTheCompanion() throws Exception {
    try (Jobs jobs = game.open()) {
      jobs.migrate();
    }
    String text = Files.readString(game.file());
    Files.writeString(game.file(), text.replace("player: VARCHAR(64)", "player: VARCHAR(65)"));
    assertThatThrownBy(game::open)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("picklift.yaml:")
        .hasMessageContaining("DROP TABLE `messages`");
    game.target("DROP TABLE messages");
    try (Jobs jobs = game.open()) {
      assertThat(only(jobs.migrate()).added()).isEqualTo(4);
    }
  }

  @Test
  void mistakesAreNamedWithTheirLine() throws Exception {
    String text = Files.readString(game.file());
    for (List<String> mistake :
        List.of(
            List.of("from: messages", "from: mesages", "did you mean messages?"),
            List.of("from: date", "from: datum", "no column 'datum'"),
            List.of("    key: id", "    key: date", "no primary or unique key"),
            List.of("DATETIME(6)", "DATETIM", "unknown column type"),
            List.of("[[player, sent_at]]", "[[player, sentat]]", "did you mean sent_at?"),
            List.of("[[player, sent_at]]", "[[message]]", "which no index takes whole"),
            List.of("  messages:\n", "  player:\n", "there is another table 'player'"))) {
      Files.writeString(game.file(), text.replace(mistake.get(0), mistake.get(1)));
      assertThatThrownBy(game::open)
          .as(mistake.get(1))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageMatching("(?s).*picklift.yaml:\\d+: .*")
          .hasMessageContaining(mistake.get(2));
    }
  }
}
