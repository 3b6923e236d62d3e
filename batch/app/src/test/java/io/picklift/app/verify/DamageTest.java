package io.picklift.app.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.job.Game;
import io.picklift.app.job.Jobs;
import io.picklift.app.report.Finding;
import io.picklift.app.report.SaveResult;
import io.picklift.app.restore.RestoreSummary;
import io.picklift.app.restore.RestoredSaves;
import io.picklift.app.target.archive.ArchiveChecksum;
import io.picklift.codec.Limits;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage in the archive is found by verify and by restore, for its key alone. */
@Tag("database")
final class DamageTest {
  private static final String ID = "(SELECT save_id FROM picklift_save WHERE source_key = '%s')";

  @TempDir private Path folder = Path.of("");

  /** Saves p0000 to p0003, one in zlib, and one in two members of gzip whose original is kept. */
  private Game migrated() throws Exception {
    Game game = new Game(folder);
    game.fill(4);
    ByteArrayOutputStream zlib = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(zlib)) {
      out.write(Game.save(5));
    }
    game.put("zlib", zlib.toByteArray());
    // Two members one after the other: read as one, and not written so again.
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    byte[] save = Game.save(6);
    for (int from : new int[] {0, 100}) {
      GZIPOutputStream out = new GZIPOutputStream(gzip);
      out.write(save, from, from == 0 ? 100 : save.length - from);
      out.finish();
    }
    game.put("kept", gzip.toByteArray());
    try (Jobs jobs = game.open()) {
      assertThat(jobs.migrate().isClean()).isTrue();
    }
    assertThat(
            game.number(
                "SELECT original IS NOT NULL FROM picklift_archive WHERE save_id = "
                    + ID.formatted("kept")))
        .isEqualTo(1);
    return game;
  }

  /** Both commands name these keys and no other. */
  private static void assertFound(Game game, Finding.Kind kind, String... keys) throws Exception {
    try (Jobs jobs = game.open()) {
      List<SaveResult> results = jobs.verify().results();
      assertThat(results).extracting(SaveResult::key).containsExactly(keys);
      assertThat(results).allMatch(r -> r.findings().get(0).kind() == kind);
    }
    Map<String, byte[]> blobs = new TreeMap<>();
    try (RestoredSaves saves = RestoredSaves.open(game.config(), Limits.defaults())) {
      RestoreSummary summary = saves.restore(List.of(), (key, blob) -> blobs.put(key.text(), blob));
      assertThat(summary.problems()).hasSize(keys.length);
      assertThat(summary.changed()).isZero();
      assertThat(summary.problems())
          .extracting(problem -> problem.substring(0, problem.indexOf(':')))
          .containsExactlyInAnyOrder(keys);
    }
    assertThat(blobs).hasSize(6 - keys.length).doesNotContainKeys(keys);
  }

  @Test
  void aChangedRecipe() throws Exception {
    Game game = migrated();
    game.target(
        "UPDATE picklift_archive SET encoding_recipe = 'zlib:1' WHERE save_id = "
            + ID.formatted("zlib"));
    assertFound(game, Finding.Kind.DAMAGED, "zlib");
    game.target("UPDATE picklift_archive SET content_sha256 = NULL");
    assertFound(game, Finding.Kind.DAMAGED, "zlib");
    game.target(
        "UPDATE picklift_archive SET encoding_recipe = 'zlib' WHERE save_id = "
            + ID.formatted("zlib"));
    assertFound(game, Finding.Kind.DAMAGED, "zlib");
  }

  @Test
  void twoResiduesThatChangedPlaces() throws Exception {
    Game game = migrated();
    game.target(
        "CREATE TABLE swap AS SELECT save_id, residue, residue_bytes, content_sha256 FROM"
            + " picklift_archive");
    game.target(
        "UPDATE picklift_archive a JOIN swap s ON s.save_id = IF(a.save_id = "
            + ID.formatted("p0001")
            + ", "
            + ID.formatted("p0002")
            + ", "
            + ID.formatted("p0001")
            + ") SET a.residue = s.residue, a.residue_bytes = s.residue_bytes, a.content_sha256 ="
            + " s.content_sha256 WHERE a.save_id IN ("
            + ID.formatted("p0001")
            + ", "
            + ID.formatted("p0002")
            + ")");
    assertFound(game, Finding.Kind.DAMAGED, "p0001", "p0002");
  }

  @Test
  void aDamagedOriginal() throws Exception {
    Game game = migrated();
    String kept = " WHERE save_id = " + ID.formatted("kept");
    game.target("UPDATE picklift_archive SET original = CONCAT(LEFT(original, 30), 'xxxx')" + kept);
    assertFound(game, Finding.Kind.DAMAGED, "kept");
    game.target("UPDATE picklift_archive SET content_sha256 = NULL");
    assertFound(game, Finding.Kind.DAMAGED, "kept");
    game.target("UPDATE picklift_archive SET original_bytes = 2000000000" + kept);
    assertFound(game, Finding.Kind.DAMAGED, "kept");
  }

  @Test
  void anEditIsNoDamage() throws Exception {
    Game game = migrated();
    game.target(
        "UPDATE player SET level = 77 WHERE save_id IN ("
            + ID.formatted("zlib")
            + ", "
            + ID.formatted("kept")
            + ")");
    try (RestoredSaves saves = RestoredSaves.open(game.config(), Limits.defaults())) {
      RestoreSummary summary = saves.restore(List.of(), (key, blob) -> {});
      assertThat(summary.changed()).isEqualTo(2);
      assertThat(summary.failed()).isZero();
    }
  }

  /** As a target is that an earlier Picklift filled: without the column's values. */
  @Test
  void whatAnEarlierPickliftLacksIsFilled() throws Exception {
    Game game = migrated();
    game.target("CREATE TABLE before_it AS SELECT save_id, content_sha256 FROM picklift_archive");
    game.target("UPDATE picklift_archive SET content_sha256 = NULL");
    assertFound(game, Finding.Kind.DAMAGED);
    try (Jobs jobs = game.open()) {
      jobs.migrate();
    }
    assertThat(
            game.number(
                "SELECT COUNT(*) FROM picklift_archive a JOIN before_it b USING (save_id) WHERE"
                    + " a.content_sha256 = b.content_sha256"))
        .isEqualTo(6);
    try (Connection connection = game.targetConnection()) {
      assertThat(ArchiveChecksum.fill(connection)).isZero();
    }
  }
}
