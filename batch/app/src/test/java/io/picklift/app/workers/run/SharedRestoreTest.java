package io.picklift.app.workers.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.encoding.text.DjangoSigner;
import io.picklift.app.job.Game;
import io.picklift.app.restore.RestoreSummary;
import io.picklift.app.restore.RestoreTable;
import io.picklift.app.restore.RestoredSaves;
import io.picklift.app.source.ProgressListener;
import io.picklift.codec.Limits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A restore into a table that workers do, all in this process. */
@Tag("database")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init")
final class SharedRestoreTest {
  private static final int SAVES = 110;

  @TempDir private Path folder = Path.of("");
  private Game game;
  private OneWorker one;

  @BeforeEach
  void fill() throws Exception {
    game = OneWorker.migrated(folder, SAVES);
    game.target(
        "UPDATE picklift_archive SET residue = 'x', content_sha256 = NULL WHERE save_id ="
            + " (SELECT save_id FROM picklift_save WHERE source_key = 'p0077')");
    one = new OneWorker(game, folder);
  }

  private RestoreSummary alone(String table, List<String> told) throws Exception {
    try (RestoredSaves saves = RestoredSaves.open(game.config(), Limits.defaults());
        RestoreTable into = saves.table(table)) {
      return saves.restore(List.of(), into, (key, finding) -> told.add(key + " " + finding));
    }
  }

  private RestoreSummary shared(String table, List<String> told) throws Exception {
    try (RestoredSaves saves = RestoredSaves.open(game.config(), Limits.defaults());
        RestoreTable into = saves.table(table)) {
      return shared(saves, into, told);
    }
  }

  private RestoreSummary shared(RestoredSaves saves, RestoreTable into, List<String> told)
      throws Exception {
    return saves.share(
        into,
        one.options(),
        (key, finding) -> told.add(key + " " + finding),
        ProgressListener.NONE,
        () -> false);
  }

  private long differences() throws Exception {
    return game.number(
        "SELECT COUNT(*) FROM alone a LEFT JOIN shared s ON s.id = a.id"
            + " WHERE s.id IS NULL OR SHA2(s.data, 256) <> SHA2(a.data, 256)");
  }

  @Test
  void workersRestoreWhatOneProcessRestores() throws Exception {
    List<String> aloneTold = new ArrayList<>();
    RestoreSummary alone = alone("alone", aloneTold);
    assertThat(alone.failed()).isEqualTo(2);
    List<String> told = new ArrayList<>();
    RestoreSummary summary = one.during(OneWorker.begun(() -> shared("shared", told)));
    assertThat(summary).isEqualTo(alone);
    assertThat(told).isEqualTo(aloneTold);
    assertThat(game.number("SELECT COUNT(*) FROM shared")).isEqualTo(SAVES - 1);
    assertThat(differences()).isZero();
    assertThat(game.number("SELECT COUNT(*) FROM picklift_lease WHERE state = 'counted'"))
        .isEqualTo(4);
    assertThat(game.number("SELECT COUNT(*) FROM picklift_scan_range")).isZero();
  }

  @Test
  void aWorkerThatCannotSignFailsInOneLine() throws Exception {
    try (RestoredSaves saves = RestoredSaves.open(game.config(), Limits.defaults());
        RestoreTable into = saves.table("shared")) {
      saves.sign(new DjangoSigner("secret", null));
      assertThatThrownBy(
              () -> one.during(OneWorker.begun(() -> shared(saves, into, new ArrayList<>()))))
          .hasRootCauseMessage(
              "PICKLIFT_SIGNING_KEY is in the coordinator's environment and not in this worker's");
    }
  }

  /** Else workers would go on with it later, and pass over what changed since. */
  @Test
  void whatWorkersLeftIsNotGoneOnWithOnceOneProcessHasRestoredAll() throws Exception {
    try (RestoredSaves saves = RestoredSaves.open(game.config(), Limits.defaults());
        RestoreTable into = saves.table("shared")) {
      assertThatThrownBy(
              () ->
                  saves.share(
                      into,
                      one.options(),
                      RestoreSummary.Failures.IGNORED,
                      ProgressListener.NONE,
                      () -> true))
          .hasMessageStartingWith("stopped; what is restored stays in the table");
    }
    assertThat(game.number("SELECT COUNT(*) FROM picklift_scan_range")).isPositive();
    assertThat(alone("shared", new ArrayList<>()).failed()).isEqualTo(2);
    assertThat(game.number("SELECT COUNT(*) FROM picklift_scan_range")).isZero();
  }

  @Test
  void rangesAreSplitAndAWorkerThatDiedIsReplaced() throws Exception {
    RestoreSummary alone = alone("alone", new ArrayList<>());
    assertThat(one.splitting(OneWorker.begun(() -> shared("shared", new ArrayList<>()))))
        .isEqualTo(alone);
    assertThat(game.number("SELECT COUNT(*) FROM picklift_lease WHERE state = 'counted'"))
        .isGreaterThan(4);
    game.target("TRUNCATE TABLE shared");
    CompletableFuture<RestoreSummary> run =
        OneWorker.begun(() -> shared("shared", new ArrayList<>()));
    String token = new DeadWorker(game, one.broker()).takeOne();
    assertThat(one.during(run)).as(token).isEqualTo(alone);
    assertThat(differences()).isZero();
  }
}
