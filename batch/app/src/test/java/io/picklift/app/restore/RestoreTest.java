package io.picklift.app.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.config.Conflicts;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.job.Game;
import io.picklift.app.job.JobOptions;
import io.picklift.app.job.Jobs;
import io.picklift.app.source.ProgressListener;
import io.picklift.codec.Limits;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** BLOBs come back from the target alone. */
@Tag("database")
final class RestoreTest {
  private static final String SAME =
      "SELECT COUNT(*) FROM %s.saves s JOIN went_back w ON w.id = s.id AND SHA2(w.data, 256) ="
          + " SHA2(s.data, 256)";

  @TempDir private Path folder = Path.of("");

  private Game migrated(int rows) throws Exception {
    Game game = new Game(folder);
    game.fill(rows);
    game.put("zlib", zlib(Game.save(3)));
    game.put("no pickle", new byte[] {1});
    try (Jobs jobs = game.open()) {
      jobs.migrate();
    }
    return game;
  }

  private static byte[] zlib(byte[] pickle) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
      deflater.write(pickle);
    }
    return out.toByteArray();
  }

  private static Map<String, byte[]> restore(Game game, List<String> keys) throws Exception {
    Map<String, byte[]> blobs = new TreeMap<>();
    try (RestoredSaves saves = RestoredSaves.open(game.config(), Limits.defaults())) {
      saves.restore(keys, (key, blob) -> blobs.put(key.text(), blob));
    }
    return blobs;
  }

  @Test
  void everyMigratedBlobComesBackByteForByte() throws Exception {
    Game game = migrated(12);
    Map<String, byte[]> blobs = restore(game, List.of());
    assertThat(blobs).hasSize(13);
    assertThat(blobs.get("p0007")).isEqualTo(Game.save(7));
    assertThat(blobs.get("zlib")).isEqualTo(zlib(Game.save(3)));
  }

  @ParameterizedTest
  @EnumSource(DecodingEngine.Name.class)
  void eachBlobIsReadAgainByTheEngineThatIsAskedFor(DecodingEngine.Name engine) throws Exception {
    Game game = migrated(3);
    game.target(
        "UPDATE player SET level = 4321 WHERE save_id = (SELECT save_id FROM picklift_save WHERE"
            + " source_key = 'p0001')");
    Map<String, byte[]> blobs = new TreeMap<>();
    try (RestoredSaves saves = RestoredSaves.open(game.config(), Limits.defaults())) {
      saves.readAgain(engine);
      RestoreSummary summary = saves.restore(List.of(), (key, blob) -> blobs.put(key.text(), blob));
      assertThat(summary.problems()).singleElement().asString().startsWith("no pickle: ");
      assertThat(summary.changed()).isEqualTo(1);
    }
    assertThat(blobs).hasSize(4);
  }

  @Test
  void aTableLikeTheSourcesHoldsTheSameBytes() throws Exception {
    Game game = migrated(12);
    // Nothing but the restored table and the source may be needed for the comparison.
    try (RestoredSaves saves = RestoredSaves.open(game.config(), Limits.defaults());
        RestoreTable table = saves.table("went_back")) {
      RestoreSummary summary = saves.restore(List.of(), table);
      assertThat(summary.unchanged()).isEqualTo(13);
      assertThat(summary.changed()).isZero();
      assertThat(summary.failed()).isEqualTo(1);
      assertThat(summary.problems().get(0))
          .startsWith("no pickle: quarantined (")
          .endsWith("its BLOB is in the source alone");
    }
    String source = game.sourceUrl().replaceAll(".*/([^/?]+)(\\?.*)?", "$1");
    assertThat(game.number(SAME.formatted(source))).isEqualTo(13);
    assertThat(game.number("SELECT COUNT(*) FROM went_back")).isEqualTo(13);
  }

  /** Each sorts, compares or reads as something else than it looks like. */
  @Test
  void rowsComeBackUnderKeysOfAnyType() throws Exception {
    Game game = new Game(folder);
    game.source(
        "CREATE TABLE odd (kind ENUM('z', 'a', 'm'), born YEAR, bits BIT(9), id VARBINARY(3), at"
            + " TIME(1), data LONGBLOB, PRIMARY KEY (kind, born, bits, id, at))");
    game.fill(12);
    for (int i = 0; i < 12; i++) {
      game.source(
          "INSERT INTO odd SELECT '%s', %d, %d, x'ff0%d', '-0%d:00:00.5', data FROM saves WHERE id = 'p%04d'"
              .formatted("zam".charAt(i % 3), 2000 + i % 2, 254 + i, i % 4, i % 5, i));
    }
    game.configure("table: odd\n  key: [kind, born, bits, id, at]\n  blob: data", game.targetUrl());
    try (Jobs jobs = game.open()) {
      assertThat(jobs.migrate().isClean()).isTrue();
    }
    try (RestoredSaves saves = RestoredSaves.open(game.config(), Limits.defaults());
        RestoreTable table = saves.table("went_back")) {
      assertThat(saves.restore(List.of(), table).unchanged()).isEqualTo(12);
    }
    String source = game.sourceUrl().replaceAll(".*/([^/?]+)(\\?.*)?", "$1");
    assertThat(
            game.number(
                "SELECT COUNT(*) FROM "
                    + source
                    + ".odd s JOIN went_back w USING (kind, born, bits, id, at) WHERE w.data ="
                    + " s.data"))
        .isEqualTo(12);
  }

  @Test
  void aTableThatIsThereKeepsItsOtherColumns() throws Exception {
    Game game = migrated(2);
    game.target(
        "CREATE TABLE went_back (id VARCHAR(40) PRIMARY KEY, name VARCHAR(40), data LONGBLOB)");
    game.target("INSERT INTO went_back VALUES ('p0001', 'a name', 'old')");
    for (int i = 0; i < 2; i++) {
      try (RestoredSaves saves = RestoredSaves.open(game.config(), Limits.defaults());
          RestoreTable table = saves.table("went_back")) {
        saves.restore(List.of(), table);
      }
    }
    assertThat(
            game.number(
                "SELECT COUNT(*) FROM went_back WHERE name = 'a name' AND LENGTH(data) > 10"))
        .isEqualTo(1);
  }

  @Test
  void aValueChangedInTheTablesIsInTheBlob() throws Exception {
    Game game = migrated(3);
    byte[] before = restore(game, List.of("p0001")).get("p0001");
    game.target(
        "UPDATE player SET level = 4321 WHERE save_id = (SELECT save_id FROM picklift_save WHERE"
            + " source_key = 'p0001')");
    try (RestoredSaves saves = RestoredSaves.open(game.config(), Limits.defaults())) {
      Map<String, byte[]> blobs = new TreeMap<>();
      RestoreSummary summary =
          saves.restore(List.of("p0001", "p0002"), (key, blob) -> blobs.put(key.text(), blob));
      assertThat(summary.changed()).isEqualTo(1);
      assertThat(summary.unchanged()).isEqualTo(1);
      assertThat(blobs.get("p0001")).isNotEqualTo(before);
      assertThat(blobs.get("p0002")).isEqualTo(Game.save(2));
      game.put("p0001", blobs.get("p0001"));
    }
    JobOptions options = JobOptions.defaults().withConflicts(Conflicts.TAKE_SOURCE);
    try (Jobs jobs = Jobs.open(game.config(), options, ProgressListener.NONE)) {
      assertThat(jobs.backfill().replaced()).isEqualTo(1);
    }
    assertThat(
            game.number(
                "SELECT level FROM player WHERE save_id = (SELECT save_id FROM picklift_save WHERE"
                    + " source_key = 'p0001')"))
        .isEqualTo(4321);
  }

  @Test
  void whatIsNotThereIsNamed() throws Exception {
    Game game = migrated(4);
    game.target(
        "DELETE FROM friend WHERE ordinal = 1 AND save_id = (SELECT save_id FROM picklift_save"
            + " WHERE source_key = 'p0003')");
    try (RestoredSaves saves = RestoredSaves.open(game.config(), Limits.defaults())) {
      RestoreSummary summary =
          saves.restore(List.of("p0003", "nobody"), (key, blob) -> assertThat(blob).isNull());
      assertThat(summary.failed()).isEqualTo(2);
      assertThat(summary.problems().get(0)).startsWith("p0003: friends[1]: its row 1 is missing");
      assertThat(summary.problems().get(1)).isEqualTo("nobody: the target has no such save");
      assertThatThrownBy(() -> saves.table("player")).isInstanceOf(ConfigurationException.class);
      assertThatThrownBy(() -> saves.table("picklift_save"))
          .isInstanceOf(ConfigurationException.class);
      game.target("CREATE TABLE another (x INT)");
      assertThatThrownBy(() -> saves.table("another"))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("--table another: ")
          .hasMessageContaining("'id'");
    }
  }
}
