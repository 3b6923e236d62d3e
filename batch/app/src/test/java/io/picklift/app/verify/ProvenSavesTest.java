package io.picklift.app.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.accept.AcceptList;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.job.Game;
import io.picklift.app.job.Jobs;
import io.picklift.app.report.SaveResult;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.source.ProgressListener;
import io.picklift.app.verify.VerifyOptions.Proofs;
import io.picklift.app.verify.VerifyOptions.Scope;
import io.picklift.codec.Limits;
import io.picklift.schema.yaml.ConfigurationException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saves that did not change since they were proven, and those that did. */
@Tag("database")
final class ProvenSavesTest {
  private static final String ID = "(SELECT save_id FROM picklift_save WHERE source_key = '%s')";

  @TempDir private Path folder = Path.of("");

  private static VerifyOptions all() {
    return VerifyOptions.all(DecodingEngine.Name.FAST, Limits.defaults(), 2).with(Proofs.KEPT);
  }

  private static VerifyReport verify(Game game, VerifyOptions options) throws Exception {
    try (DirectVerify verify =
        DirectVerify.open(game.config(), options, false, ProgressListener.NONE)) {
      VerifyReport report = verify.report(AcceptList.none(), null);
      verify.run(report, ProgressListener.NONE);
      return report;
    }
  }

  private Game migrated(int rows) throws Exception {
    Game game = new Game(folder);
    game.configure("  json: json");
    game.fill(rows);
    try (Jobs jobs = game.open()) {
      jobs.migrate();
    }
    return game;
  }

  private static List<String> proof(VerifyReport report) {
    return report.model().proof();
  }

  /** How many were proven by hashes alone, as the report says. */
  private static void assertByHash(VerifyReport report, long saves) {
    assertThat(proof(report)).anyMatch(line -> line.contains("; " + saves + " proven earlier"));
  }

  @Test
  void whatIsProvenIsProvenByHashesTheNextTime() throws Exception {
    Game game = migrated(30);
    game.source("UPDATE saves SET json = '{\"name\": \"somebody else\"}' WHERE id = 'p0009'");
    VerifyReport first = verify(game, all());
    assertByHash(first, 0);
    // A copy that says something else is something to say: such a save is looked at again.
    long clean = game.number("SELECT COUNT(*) FROM picklift_proof");
    assertThat(clean).isEqualTo(29);
    assertThat(first.results()).extracting(SaveResult::key).containsExactly("p0009");
    VerifyReport second = verify(game, all());
    assertByHash(second, clean);
    assertThat(second.results()).isEqualTo(first.results());
    assertThat(second.model().digest()).isEqualTo(first.model().digest());
    assertByHash(verify(game, all().with(Proofs.RENEWED)), 0);
    assertByHash(verify(game, all().with(Proofs.IGNORED)), 0);
    assertByHash(verify(game, all().with(Proofs.USED)), clean);
  }

  @Test
  void aCopyOfTheSourceThatChangesIsFound() throws Exception {
    Game game = migrated(12);
    assertThat(verify(game, all()).results()).isEmpty();
    game.source("UPDATE saves SET json = '{\"name\": \"somebody else\"}' WHERE id = 'p0003'");
    assertThat(verify(game, all()).results()).extracting(SaveResult::key).containsExactly("p0003");
    game.source("UPDATE saves SET json = NULL WHERE id = 'p0003'");
    assertThat(verify(game, all()).results()).isEmpty();
  }

  @Test
  void aProofOfAnotherSaveProvesNothing() throws Exception {
    Game game = migrated(24);
    verify(game, all());
    // p0000 and p0012 have one BLOB: their proofs must not stand for each other.
    game.target(
        "UPDATE picklift_proof p JOIN picklift_proof o ON o.save_id = "
            + ID.formatted("p0012")
            + " SET p.source_sha256 = o.source_sha256, p.rows_sha256 = o.rows_sha256,"
            + " p.archive_sha256 = o.archive_sha256 WHERE p.save_id = "
            + ID.formatted("p0000"));
    long clean = game.number("SELECT COUNT(*) FROM picklift_proof");
    assertByHash(verify(game, all().with(Proofs.USED)), clean - 1);
  }

  @Test
  void whatWasWrittenSinceARun() throws Exception {
    Game game = migrated(20);
    game.put("p0005", Game.save(7));
    game.put("new", Game.save(3));
    try (Jobs jobs = game.open()) {
      jobs.backfill();
    }
    game.put("later", Game.save(1));
    VerifyReport since = verify(game, all().of(new Scope.Since(2)));
    assertThat(since.rows()).isEqualTo(3);
    assertThat(since.results()).extracting(SaveResult::key).contains("later");
    game.source("DELETE FROM saves WHERE id = 'later'");
    try (Jobs jobs = game.open()) {
      jobs.backfill();
    }
    assertThat(verify(game, all().of(new Scope.Since(3))).model().sentence())
        .isEqualTo(
            "Proven: there was no row to look at; 21 rows of the source were not looked at.");
    assertThatThrownBy(() -> verify(game, all().of(new Scope.Since(99))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("--since 99: the target knows no such run of 'saves'");
  }

  @Test
  void whatIsLeftWhenTheTimeIsOverIsSaidAndGoneOnWith() throws Exception {
    Game game = migrated(1_200);
    Path state = folder.resolve("state");
    VerifyReport some = verify(game, all().stateIn(state).atMost(Duration.ZERO));
    assertThat(some.rows()).isZero();
    assertThat(proof(some)).anyMatch(line -> line.contains("Not verified: 1,200 of 1,200 rows"));
    assertThat(state).exists();
    VerifyReport rest = verify(game, all().stateIn(state));
    assertThat(rest.rows()).isEqualTo(1_200);
    assertThat(state).doesNotExist();
  }

  @Test
  void aSampleIsDecodedByTheOtherEngine() throws Exception {
    Game game = migrated(60);
    VerifyReport report = verify(game, all().sampled());
    assertThat(proof(report))
        .contains("20 saves, spread over the keys, were decoded by the engine in Python as well.");
  }

  @Test
  void aTargetWithoutTheTableOfProofsIsVerifiedAllTheSame() throws Exception {
    Game game = migrated(5);
    game.target("DROP TABLE picklift_proof");
    assertByHash(verify(game, all()), 0);
  }
}
