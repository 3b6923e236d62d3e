package io.picklift.app.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.accept.AcceptList;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.job.Game;
import io.picklift.app.job.Jobs;
import io.picklift.app.report.SaveResult;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.source.ProgressListener;
import io.picklift.codec.Limits;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is changed behind Picklift's back is found, and nothing else is. A thousand by {@code
 * -Dpicklift.tamperings=1000}, others by {@code -Dpicklift.seed}.
 */
@Tag("database")
final class TamperingTest {
  private static final int TAMPERINGS = Integer.getInteger("picklift.tamperings", 120);
  private static final long SEED = Long.getLong("picklift.seed", 20261126);

  /** Each changes one thing of one save; %s is its save_id. */
  private static final List<String> KINDS =
      List.of(
          "UPDATE player SET level = level + 1 WHERE save_id = %s",
          "UPDATE player SET name = CONCAT(name, '!') WHERE save_id = %s",
          "DELETE FROM player WHERE save_id = %s",
          "UPDATE friend SET since = since + 1 WHERE save_id = %s LIMIT 1",
          "DELETE FROM friend WHERE save_id = %s LIMIT 1",
          "UPDATE picklift_archive SET residue = INSERT(residue, 1 + LENGTH(residue) DIV 2, 1,"
              + " CHAR(ASCII(SUBSTR(residue, 1 + LENGTH(residue) DIV 2, 1)) ^ 16)) WHERE save_id ="
              + " %s",
          "DELETE FROM picklift_archive WHERE save_id = %s",
          "UPDATE picklift_archive SET encoding_recipe = 'zlib:9' WHERE save_id = %s",
          "UPDATE picklift_archive SET content_sha256 = UNHEX(SHA2('x', 256)) WHERE save_id = %s",
          "UPDATE picklift_save SET blob_sha256 = UNHEX(SHA2('x', 256)) WHERE save_id = %s",
          "UPDATE picklift_save SET graph_sha256 = UNHEX(SHA2('x', 256)) WHERE save_id = %s",
          "UPDATE picklift_save SET status = 'deleted' WHERE save_id = %s");

  private static final List<String> IN_SOURCE =
      List.of(
          "UPDATE saves SET data = CONCAT(data, 'x') WHERE id = '%s'",
          "UPDATE saves SET data = NULL WHERE id = '%s'", "DELETE FROM saves WHERE id = '%s'");

  @TempDir private Path folder = Path.of("");

  /** Keeps what it proves, so that each tampering meets a proof of the save as it was. */
  private static VerifyReport verify(Game game) throws Exception {
    VerifyOptions options =
        VerifyOptions.all(DecodingEngine.Name.FAST, Limits.defaults(), 2)
            .with(VerifyOptions.Proofs.KEPT);
    try (DirectVerify verify =
        DirectVerify.open(game.config(), options, false, ProgressListener.NONE)) {
      VerifyReport report = verify.report(AcceptList.none(), null);
      verify.run(report, ProgressListener.NONE);
      return report;
    }
  }

  @Test
  void eachIsFoundAndNothingElse() throws Exception {
    Game game = new Game(folder);
    int rows = TAMPERINGS * 2;
    game.fill(rows);
    try (Jobs jobs = game.open()) {
      jobs.migrate();
    }
    assertThat(verify(game).isClean()).isTrue();
    Random random = new Random(SEED);
    TreeSet<String> tampered = new TreeSet<>();
    List<String> done = new ArrayList<>();
    while (tampered.size() < TAMPERINGS) {
      String key = String.format("p%04d", random.nextInt(rows));
      if (!tampered.contains(key) && tamper(game, key, random.nextInt(15), done)) {
        tampered.add(key);
      }
    }
    VerifyReport report = verify(game);
    assertThat(report.results())
        .as("seed %s: %s", SEED, done)
        .extracting(SaveResult::key)
        .containsExactlyElementsOf(tampered);
    assertThat(report.isClean()).isFalse();
  }

  /** Whether it changed something: a save without friends has none to lose. */
  private static boolean tamper(Game game, String key, int kind, List<String> done)
      throws SQLException {
    if (kind >= KINDS.size()) {
      game.source(IN_SOURCE.get(kind - KINDS.size()).formatted(key));
      done.add(key + " " + kind);
      return true;
    }
    try (Connection connection = game.targetConnection();
        Statement statement = connection.createStatement()) {
      String id =
          String.valueOf(
              game.number("SELECT save_id FROM picklift_save WHERE source_key = '" + key + "'"));
      done.add(key + " " + kind);
      return statement.executeUpdate(KINDS.get(kind).formatted(id)) > 0;
    }
  }
}
