package io.picklift.app.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.accept.AcceptList;
import io.picklift.app.cli.Run;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.job.Game;
import io.picklift.app.job.Jobs;
import io.picklift.app.report.EarlierFindings;
import io.picklift.app.report.SaveResult;
import io.picklift.app.report.ValueDisclosure;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.report.form.Reports;
import io.picklift.app.report.form.TextReport;
import io.picklift.app.source.ProgressListener;
import io.picklift.app.verify.VerifyOptions.Scope;
import io.picklift.codec.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verifying without a lock, a job repository or a change to the target. */
@Tag("database")
final class DirectVerifyTest {
  @TempDir private Path folder = Path.of("");

  private Path state() {
    return folder.resolve("state");
  }

  /** Stops after some rows, as a kill would. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private VerifyOptions all() {
    return VerifyOptions.all(DecodingEngine.Name.FAST, Limits.defaults(), 2).stateIn(state());
  }

  private static VerifyReport verify(Game game, VerifyOptions options) throws Exception {
    return verify(game, options, Long.MAX_VALUE);
  }

  private static VerifyReport verify(Game game, VerifyOptions options, long most) throws Exception {
    ProgressListener killer =
        new ProgressListener() {
          private long done;

          @Override
          public void start(String what, long rows) {}

          @Override
          public void done(long rows) {
            done += rows;
            if (done >= most) {
              throw new Killed();
            }
          }
        };
    try (DirectVerify verify = DirectVerify.open(game.config(), options, false, killer)) {
      VerifyReport report = verify.report(AcceptList.none(), null);
      verify.run(report, killer);
      verify.facts(report);
      return report;
    }
  }

  private Game migrated(int rows) throws Exception {
    Game game = new Game(folder);
    game.fill(rows);
    game.put("bad", new byte[] {1});
    try (Jobs jobs = game.open()) {
      jobs.migrate();
    }
    return game;
  }

  private static final String ID = "(SELECT save_id FROM picklift_save WHERE source_key = '%s')";

  @Test
  void allOfItIsWhatTheJobFinds() throws Exception {
    Game game = migrated(60);
    game.target("UPDATE player SET level = 77 WHERE save_id = " + ID.formatted("p0050"));
    game.source("DELETE FROM saves WHERE id = 'p0003'");
    VerifyReport direct = verify(game, all());
    VerifyReport job;
    // Beside a job that holds the lock.
    try (Jobs jobs = game.open()) {
      assertThat(verify(game, all()).rows()).isEqualTo(60);
      job = jobs.verify();
    }
    assertThat(direct.results()).isEqualTo(job.results());
    assertThat(direct.rows()).isEqualTo(job.rows()).isEqualTo(60);
    assertThat(direct.model().facts().tables())
        .containsEntry("player", 60L)
        .isEqualTo(job.model().facts().tables());
    assertThat(direct.model().facts().columns())
        .containsEntry("player.level", 60L)
        .isEqualTo(job.model().facts().columns());
    assertThat(direct.results())
        .extracting(SaveResult::status)
        .containsExactly(
            SaveResult.Status.QUARANTINED, SaveResult.Status.GONE, SaveResult.Status.DIFFERENT);
    assertThat(state()).doesNotExist();
  }

  @Test
  void aGivenKeyThatTheSourceDoesNotHaveIsNoProof() throws Exception {
    Game game = migrated(5);
    game.source("DELETE FROM saves WHERE id = 'p0003'");
    VerifyReport gone = verify(game, all().of(new Scope.Keys(List.of("p0003", "p0004"))));
    assertThat(gone.isClean()).isFalse();
    assertThat(gone.results())
        .extracting(SaveResult::status)
        .containsExactly(SaveResult.Status.GONE);
    assertThat(gone.model().sentence()).contains("1 is gone from the source");
    Run unknown =
        Run.of("verify", "--key", "p0004", "--key", "p04", "--config", game.file().toString());
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.err())
        .isEqualTo("picklift: --key p04: neither the source nor the target has such a save\n");
  }

  @Test
  void oneThatWasKilledGoesOnWhereItWas() throws Exception {
    Game game = migrated(1_700);
    game.target("UPDATE player SET level = 77 WHERE save_id = " + ID.formatted("p0001"));
    try {
      verify(game, all(), 900);
    } catch (Killed e) {
      assertThat(Files.readAllLines(state())).hasSizeBetween(3, 4);
    }
    // A line that was being written.
    Files.writeString(state(), Files.readString(state()) + "{\"last\":\"p1300\",\"rows\":5,\"resu");
    // Mended behind its back: only one that goes on still knows of it.
    game.target("UPDATE player SET level = 1 WHERE save_id = " + ID.formatted("p0001"));
    VerifyReport report = verify(game, all());
    assertThat(report.rows()).isEqualTo(1_701);
    assertThat(report.results()).extracting(SaveResult::key).containsExactly("bad", "p0001");
    assertThat(state()).doesNotExist();
  }

  @Test
  void twoDoNotKeepHowFarTheyAreInOneFile() throws Exception {
    Game game = migrated(3);
    ProgressListener second =
        new ProgressListener() {
          @Override
          public void start(String what, long rows) {}

          @Override
          public void done(long rows) {
            assertThatThrownBy(() -> verify(game, all()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(
                    "another verify is running and keeps its progress in " + state());
          }
        };
    try (DirectVerify verify = DirectVerify.open(game.config(), all(), false, second)) {
      VerifyReport report = verify.report(AcceptList.none(), null);
      verify.run(report, second);
      assertThat(report.rows()).isEqualTo(4);
    }
    assertThat(verify(game, all()).rows()).isEqualTo(4);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(Path::getFileName).map(Path::toString))
          .noneMatch(n -> n.contains("state"));
    }
  }

  @Test
  void someKeysOrASample() throws Exception {
    Game game = migrated(100);
    VerifyReport keys = verify(game, all().of(new Scope.Keys(List.of("p0007", "nobody"))));
    assertThat(keys.rows()).isEqualTo(2);
    assertThat(keys.equal()).isEqualTo(1);
    VerifyReport sample = verify(game, all().of(new Scope.Sample(30)));
    assertThat(sample.rows()).isEqualTo(31);
    assertThat(sample.model().sentence()).endsWith("; 70 rows of the source were not looked at.");
    assertThat(state()).doesNotExist();
  }

  @Test
  void onlyWhatCameBackIsSaidToHaveBeenProvenByHashes() throws Exception {
    Game game = migrated(10);
    game.target("UPDATE player SET level = 77 WHERE save_id = " + ID.formatted("p0005"));
    assertThat(verify(game, all()).model().proof())
        .anyMatch(sentence -> sentence.startsWith("Proven by hashes: 9 saves whose BLOB, rebuilt"));
  }

  @Test
  void whatWasNotLookedAtIsNotFixed() throws Exception {
    Game game = migrated(3);
    VerifyReport before = verify(game, all());
    Reports.write(before, folder);
    VerifyOptions some = all().of(new Scope.Keys(List.of("p0001")));
    try (DirectVerify verify =
        DirectVerify.open(game.config(), some, false, ProgressListener.NONE)) {
      VerifyReport after =
          verify.report(AcceptList.none(), EarlierFindings.read(folder.resolve("report.json")));
      verify.run(after, ProgressListener.NONE);
      assertThat(Objects.requireNonNull(after.model().comparison()).fixed()).isZero();
    }
  }

  @Test
  void aSaveThatIsTooLargeAmongOthersIsVerifiedAlone() throws Exception {
    Game game = migrated(40);
    Limits small = Limits.builder().memory(2_000).build();
    VerifyOptions shared = VerifyOptions.all(DecodingEngine.Name.FAST, small, 4).sampled();
    VerifyReport report = verify(game, shared);
    assertThat(report.equal()).isEqualTo(40);
    VerifyReport keys = verify(game, shared.of(new Scope.Keys(List.of("p0007"))));
    assertThat(keys.equal()).isEqualTo(1);
  }

  @Test
  void aSaveThatIsTooLargeEvenAloneIsNotProvenAndNotDifferent() throws Exception {
    Game game = migrated(40);
    Limits small = Limits.builder().memory(2_000).build();
    VerifyReport report =
        verify(game, VerifyOptions.all(DecodingEngine.Name.FAST, small, 4).alone(small));
    assertThat(report.different()).isZero();
    assertThat(report.isClean()).isFalse();
    assertThat(report.model().totals().notProven()).isEqualTo(40);
    assertThat(report.model().totals().rows()).isEqualTo(41);
    assertThat(report.model().causes())
        .extracting(cause -> cause.cause().id())
        .contains("not-proven:limit");
    assertThat(TextReport.of(report, ValueDisclosure.FULL))
        .contains("        40  not proven, for lack of memory: run verify with a larger -Xmx")
        .contains("give Java more memory (-Xmx)");
  }

  @Test
  void nothingIsWrittenIntoTheTarget() throws Exception {
    Game game = migrated(5);
    String tables =
        "SELECT GROUP_CONCAT(table_name, ':', COALESCE(auto_increment, 0) ORDER BY table_name)"
            + " FROM information_schema.tables WHERE table_schema = DATABASE()";
    String before = game.text(tables);
    long steps = game.number("SELECT COUNT(*) FROM PICKLIFT_BATCH_STEP_EXECUTION");
    verify(game, all());
    assertThat(game.text(tables)).isEqualTo(before);
    assertThat(game.number("SELECT COUNT(*) FROM PICKLIFT_BATCH_STEP_EXECUTION")).isEqualTo(steps);
  }
}
