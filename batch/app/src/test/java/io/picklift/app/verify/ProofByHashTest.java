package io.picklift.app.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.database.Pools;
import io.picklift.app.database.ResourceCloser;
import io.picklift.app.decode.BlobDecoder;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.job.Game;
import io.picklift.app.job.Jobs;
import io.picklift.app.proof.SourceHash;
import io.picklift.app.rebuild.SaveRebuilder;
import io.picklift.app.report.Finding;
import io.picklift.app.report.SaveResult;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import io.picklift.app.source.Sources;
import io.picklift.app.target.Ledger;
import io.picklift.app.target.TargetTables;
import io.picklift.codec.Limits;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What proves a save is the hash of the BLOB that the target gives back. */
@Tag("database")
final class ProofByHashTest {
  @TempDir private Path folder = Path.of("");

  /** The decoder refuses every save: whoever needs it finds nothing equal. */
  private static BlobDecoder refusing() {
    Limits d = Limits.defaults();
    Limits none =
        new Limits(
            1,
            d.memory(),
            d.nodes(),
            d.memoEntries(),
            d.textIntegerDigits(),
            d.stringLength(),
            d.depth(),
            d.outputBytes(),
            d.outputRatio(),
            d.unpackedBytes(),
            d.unpackedRatio());
    return new BlobDecoder(DecodingEngine.Name.FAST, none, null);
  }

  private static List<SaveResult> verify(Game game, boolean decodesAll) throws Exception {
    Limits limits = Limits.defaults();
    TargetTables mapped = TargetTables.read(game.config(), limits);
    SaveVerifier verifier =
        new SaveVerifier(
            new SaveRebuilder(mapped.tables(), limits),
            refusing(),
            decodesAll,
            new CopyCheck(Map.of(), null),
            new SourceHash(game.config().source(), mapped.fingerprint()));
    Deque<AutoCloseable> open = new ArrayDeque<>();
    try (HikariDataSource target = Pools.open("target", game.config().requireTarget(), 2)) {
      SaveSource source = Sources.open(game.config().source(), limits, 2, open);
      return new RowVerifier(source, target, new Ledger("saves", mapped.fingerprint()), verifier)
          .verify(List.of(new SaveKey(List.of("p0000"))))
          .results();
    } finally {
      ResourceCloser.all(open);
    }
  }

  @Test
  void anEqualSaveIsNotDecoded() throws Exception {
    Game game = new Game(folder);
    game.fill(1);
    try (Jobs jobs = game.open()) {
      jobs.migrate();
    }
    assertThat(verify(game, false)).allMatch(SaveResult::isClean).hasSize(1);
    assertThat(verify(game, true).get(0).findings())
        .extracting(Finding::kind)
        .containsExactly(Finding.Kind.UNPROVEN);
  }

  @Test
  void anotherRecipeThanTheStoredOneIsFound() throws Exception {
    Game game = new Game(folder);
    game.fill(1);
    try (Jobs jobs = game.open()) {
      jobs.migrate();
      game.target("UPDATE picklift_archive SET encoding_recipe = 'zlib:6'");
      SaveResult result = jobs.verify().results().get(0);
      assertThat(result.status()).isEqualTo(SaveResult.Status.DIFFERENT);
    }
  }
}
