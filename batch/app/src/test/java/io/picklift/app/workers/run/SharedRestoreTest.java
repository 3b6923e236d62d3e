package io.picklift.app.workers.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.cli.Run;
import io.picklift.app.encoding.text.DjangoSigner;
import io.picklift.app.job.Game;
import io.picklift.app.report.Finding;
import io.picklift.app.restore.RestoreSummary;
import io.picklift.app.restore.RestoreTable;
import io.picklift.app.restore.RestoredSaves;
import io.picklift.app.source.ProgressListener;
import io.picklift.codec.Limits;
import io.picklift.schema.yaml.ConfigurationException;
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

  /** It takes nothing, so that no range fails: a worker that has the key does all. */
  @Test
  void aWorkerThatSignsOtherwiseIsRefusedAndTakesNothing() throws Exception {
    try (RestoredSaves saves = RestoredSaves.open(game.config(), Limits.defaults());
        RestoreTable into = saves.table("shared")) {
      saves.sign(new DjangoSigner("secret", null));
      CompletableFuture<RestoreSummary> run =
          OneWorker.begun(() -> shared(saves, into, new ArrayList<>()));
      assertThatThrownBy(() -> one.during(run))
          .hasRootCauseInstanceOf(ConfigurationException.class)
          .hasRootCauseMessage(
              "this worker is not like its coordinator: PICKLIFT_SIGNING_KEY differs; give both the"
                  + " same, and start the worker again");
      assertThat(run.isDone()).isFalse();
      assertThat(game.number("SELECT COUNT(*) FROM picklift_lease WHERE state <> 'queued'"))
          .isZero();
      OneWorker signing = one.signing(new DjangoSigner("secret", null));
      assertThat(signing.during(run).failed()).isEqualTo(2);
    }
  }

  @Test
  void aSaveThatThreeWorkersDiedOfAloneIsToldAndTheRestIsRestored() throws Exception {
    RestoreSummary alone = alone("alone", new ArrayList<>());
    List<String> told = new ArrayList<>();
    CompletableFuture<RestoreSummary> run = OneWorker.begun(() -> shared("shared", told));
    new DeadWorker(game, one.broker()).dieOf("p0042");
    // This one died with another in hand, too.
    game.target("INSERT INTO picklift_scan_suspect VALUES ('saves', UNHEX(SHA2('p0043', 256)), 0)");
    RestoreSummary summary = one.during(run);
    assertThat(summary.failed()).isEqualTo(alone.failed() + 1);
    assertThat(summary.unchanged()).isEqualTo(alone.unchanged() - 1);
    assertThat(told).contains("p0042 " + Finding.poison());
    assertThat(summary.problems()).contains("p0042: " + Finding.poison().what());
    assertThat(game.number("SELECT COUNT(*) FROM shared WHERE id = 'p0042'")).isZero();
    assertThat(differences()).isEqualTo(1);
    assertThat(game.number("SELECT COUNT(*) FROM picklift_scan_in_hand")).isZero();
  }

  @Test
  void ordersAreTakenAsThoseForARun() throws Exception {
    Said said = new Said();
    try (RestoredSaves saves = RestoredSaves.open(game.config(), Limits.defaults());
        RestoreTable into = saves.table("shared")) {
      CompletableFuture<RestoreSummary> run =
          OneWorker.begun(
              () ->
                  saves.share(
                      into, one.options(), RestoreSummary.Failures.IGNORED, said, () -> false));
      String token = new DeadWorker(game, one.broker()).takeOne();
      Run set = Run.on(game, "set", "rate=500");
      assertThat(set.status()).as(set.err() + token).isNotEqualTo(2);
      said.await("the rate is 500 saves a second now");
      Run stop = Run.on(game, "stop");
      assertThat(stop.status()).as(stop.err()).isNotEqualTo(2);
      assertThatThrownBy(() -> run.get(1, TimeUnit.MINUTES))
          .hasRootCauseMessage(
              "stopped; the restored rows stay in the table: run the same command again to"
                  + " continue");
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
          .hasMessageStartingWith("stopped; the restored rows stay in the table");
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
