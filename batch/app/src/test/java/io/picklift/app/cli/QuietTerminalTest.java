package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.job.Game;
import io.picklift.app.job.Proxy;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever fails beneath a run, the terminal shows Picklift's own lines alone: what Flyway, the
 * transaction manager and the pool log goes into the log file.
 */
@Tag("database")
final class QuietTerminalTest {
  private static final String LONGEST =
      "SELECT GREATEST((SELECT MAX(LENGTH(EXIT_MESSAGE)) FROM PICKLIFT_BATCH_JOB_EXECUTION),"
          + " (SELECT MAX(LENGTH(EXIT_MESSAGE)) FROM PICKLIFT_BATCH_STEP_EXECUTION))";

  @TempDir private Path folder = Path.of("");

  /** What a run wrote to its terminal, and what anybody wrote past it. */
  private record Shown(Run run, String past) {}

  private static Shown shown(Game game, String command) {
    PrintStream before = System.err;
    ByteArrayOutputStream past = new ByteArrayOutputStream();
    try (PrintStream caught = new PrintStream(past, true, StandardCharsets.UTF_8)) {
      System.setErr(caught);
      return new Shown(Run.on(game, command), past.toString(StandardCharsets.UTF_8));
    } finally {
      System.setErr(before);
    }
  }

  @Test
  void aServerThatIsLostBeneathALibraryIsToldInLinesOfPicklift() throws Exception {
    Game game = new Game(folder);
    game.fill(12);
    try (Proxy proxy = new Proxy(game.targetUrl())) {
      game.configure("table: saves\n  key: id\n  blob: data", proxy.url(game.targetUrl()));
      game.append("run: {deadline: 1}\n");
      // While Flyway makes a table, while a step is entered in the job repository.
      for (String words : List.of("TABLE IF NOT EXISTS picklift_in_hand", "BATCH_STEP_EXECUTION")) {
        proxy.loseThoseThatSay(words);
        assertQuiet(shown(game, "migrate"), words);
        assertThat(proxy.lost()).as(words).isPositive();
      }
      proxy.loseNone();
      assertThat(shown(game, "migrate").run().status()).isZero();
    }
  }

  /** A long message in the job repository was what a server with a full disk died of. */
  @Test
  void theJobRepositoryGetsAShortMessage() throws Exception {
    Game game = new Game(folder);
    game.fill(12);
    assertThat(shown(game, "migrate").run().status()).isZero();
    game.target("RENAME TABLE picklift_range TO elsewhere");
    assertQuiet(shown(game, "backfill"), "without a table");
    assertThat(game.number(LONGEST)).isBetween(1L, 200L);
  }

  private static void assertQuiet(Shown shown, String when) {
    String all = shown.run().err() + shown.past();
    assertThat(shown.run().status()).as(when + ": " + all).isEqualTo(3);
    assertThat(shown.past()).as(when).isEmpty();
    assertThat(all.lines())
        .as(when)
        .isNotEmpty()
        .allMatch(line -> line.matches("(waiting|picklift|migrate|backfill): .*"))
        .noneMatch(line -> line.matches(".*(Exception|restore backups|\\tat |WARN|ERROR).*"));
    assertThat(all.lines().filter(line -> line.startsWith("picklift: "))).as(all).hasSize(1);
  }
}
