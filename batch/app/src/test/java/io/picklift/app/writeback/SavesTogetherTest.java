package io.picklift.app.writeback;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.Run;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.job.Game;
import io.picklift.app.job.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small saves are written several at a time, and one among them hinders no other. */
@Tag("database")
final class SavesTogetherTest {
  /** More than are written in one transaction. */
  private static final int SAVES = 70;

  private static final String KEY = "p0003";

  @TempDir private Path folder = Path.of("");

  /** Saves of which the tables say something else than the source. */
  private Game edited() throws Exception {
    Game game = new Game(folder);
    game.fill(SAVES);
    assertThat(Run.on(game, "cutover", "--all").out()).contains(SAVES + "  saves handed over");
    game.source("CREATE TABLE before_it AS SELECT id, data FROM saves");
    game.target("UPDATE player SET level = level + 1");
    return game;
  }

  private static long written(Game game) throws SQLException {
    try (Connection connection = game.connection(game.sourceUrl());
        Statement statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "SELECT COUNT(*) FROM saves JOIN before_it b USING (id) WHERE saves.data <> b.data")) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void assertVerified(Game game) throws Exception {
    assertThat(game.number("SELECT COUNT(*) FROM picklift_save WHERE writing_sha256 IS NOT NULL"))
        .isZero();
    Run verify = Run.on(game, "verify");
    assertThat(verify.status()).as(verify.out() + verify.err()).isEqualTo(ExitStatus.DONE);
  }

  @Test
  void allAreWritten() throws Exception {
    Game game = edited();
    assertThat(Run.on(game, "writeback").out()).contains(SAVES + "  saves written into the source");
    assertThat(written(game)).isEqualTo(SAVES);
    assertVerified(game);
    assertThat(Run.on(game, "writeback").out()).contains(SAVES + "  unchanged in");
  }

  /** A row that another one has is waited for once nothing else of the source is locked. */
  @Test
  void aLockedRowIsWaitedForByItself() throws Exception {
    Game game = edited();
    CompletableFuture<Run> run;
    try (Connection holder = game.connection(game.sourceUrl());
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.executeQuery("SELECT id FROM saves WHERE id = '" + KEY + "' FOR UPDATE").close();
      run = CompletableFuture.supplyAsync(() -> Run.on(game, "writeback"));
      RemovedSavesComeBackTest.await(game, game.sourceUrl(), "FROM `saves`", "FOR UPDATE", KEY);
      // Whoever waits has no row: all others can be had, those of its page too.
      statement
          .executeQuery("SELECT id FROM saves WHERE id IN ('p0002', 'p0004') FOR UPDATE")
          .close();
      awaitOthers(game);
      holder.rollback();
    }
    Run ended = run.get(2, TimeUnit.MINUTES);
    assertThat(ended.status()).as(ended.out() + ended.err()).isEqualTo(ExitStatus.DONE);
    assertThat(written(game)).isEqualTo(SAVES);
    assertVerified(game);
  }

  private static void awaitOthers(Game game) throws Exception {
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (written(game) < SAVES - 1) {
      assertThat(System.nanoTime()).as("the others").isLessThan(end);
      Thread.sleep(20);
    }
  }

  /** Whoever inserts a row of a save has its row of the ledger, by the foreign key. */
  @Test
  void aSaveThatIsWrittenIntoIsWaitedForByItself() throws Exception {
    Game game = edited();
    long id = game.number("SELECT save_id FROM picklift_save WHERE source_key = '" + KEY + "'");
    CompletableFuture<Run> run;
    try (Connection application = game.targetConnection();
        Statement statement = application.createStatement()) {
      application.setAutoCommit(false);
      statement
          .executeQuery("SELECT 1 FROM picklift_save WHERE save_id = " + id + " LOCK IN SHARE MODE")
          .close();
      run = CompletableFuture.supplyAsync(() -> Run.on(game, "writeback"));
      awaitOthers(game);
      application.rollback();
    }
    Run ended = run.get(2, TimeUnit.MINUTES);
    assertThat(ended.status()).as(ended.out() + ended.err()).isEqualTo(ExitStatus.DONE);
    assertThat(ended.out()).contains(SAVES + "  saves written into the source");
    assertThat(written(game)).isEqualTo(SAVES);
    assertVerified(game);
  }

  /** What the source does not take is undone with those written beside it, which are done again. */
  @Test
  void aRowThatIsNotTakenIsToldAlone() throws Exception {
    Game game = edited();
    game.configure(
        "  where: \"id <> '%1$s' OR data = (SELECT b.data FROM before_it b WHERE b.id = '%1$s')\""
            .formatted(KEY));
    Run run = Run.on(game, "writeback");
    assertThat(run.status()).as(run.out() + run.err()).isEqualTo(ExitStatus.LOOK);
    assertThat(run.out())
        .contains((SAVES - 1) + "  saves written into the source", "  1  not written")
        .contains(KEY + ": " + RowWrite.OUT_OF_SCOPE);
    assertThat(written(game)).isEqualTo(SAVES - 1);
    assertThat(game.number("SELECT COUNT(*) FROM picklift_save WHERE writing_sha256 IS NOT NULL"))
        .isZero();
  }

  /** The source has all saves of a group, and the answer that says so is lost: they are ours. */
  @Test
  void whatWasCommittedUnheardIsWritten() throws Exception {
    Game game = edited();
    try (Proxy proxy = new Proxy(game.sourceUrl())) {
      Files.writeString(
          game.file(),
          Files.readString(game.file()).replace(game.sourceUrl(), proxy.url(game.sourceUrl())));
      proxy.loseTheAnswerToACommitAfter("UPDATE `saves`");
      Run run = Run.on(game, "writeback", "--partitions", 1);
      assertThat(run.status()).as(run.out() + run.err()).isEqualTo(ExitStatus.DONE);
      assertThat(proxy.lost()).isEqualTo(1);
      assertThat(run.out()).contains(SAVES + "  saves written into the source");
      assertThat(written(game)).isEqualTo(SAVES);
      assertVerified(game);
    }
  }
}
