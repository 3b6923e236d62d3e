package io.picklift.app.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.account.RunSummary;
import io.picklift.app.config.Config;
import io.picklift.app.job.JobOptions;
import io.picklift.app.job.Jobs;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.restore.RestoreSummary;
import io.picklift.app.restore.RestoredSaves;
import io.picklift.app.source.ProgressListener;
import io.picklift.app.source.Sha256;
import io.picklift.codec.Limits;
import io.picklift.schema.yaml.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A target that commit 537887c made is read, verified, restored and backfilled, and nothing of it
 * is written again. The dumps are of either server, and each is loaded on the one that is there.
 */
@Tag("database")
final class OldTargetTest {
  private static final String WITHOUT_MAPPING =
      "SELECT COUNT(*) FROM picklift_save LEFT JOIN picklift_mapping USING (mapping_sha256) WHERE"
          + " written IS NULL";

  @TempDir private Path folder = Path.of("");

  private static Config game(OldTarget target) throws Exception {
    return target.config(
        "  table: saves\n  key: id\n  blob: data\n", "game.yaml", "adapters: [game.py]\n");
  }

  private static Config life(OldTarget target) throws Exception {
    return target.config("  files: life.tar.gz\n", "life.yaml", "");
  }

  private static Config shop(OldTarget target) throws Exception {
    return target.config("  files: shop.tar.gz\n", "shop.yaml", "");
  }

  private static Jobs open(Config config) throws Exception {
    return Jobs.open(config, JobOptions.defaults(), ProgressListener.NONE);
  }

  private static List<String> restored(Config config) throws Exception {
    List<String> hashes = new ArrayList<>();
    try (RestoredSaves saves = RestoredSaves.open(config, Limits.defaults())) {
      RestoreSummary summary =
          saves.restore(
              List.of(),
              (key, blob) -> hashes.add(HexFormat.of().withUpperCase().formatHex(sha256(blob))));
      assertThat(summary.changed()).isZero();
    }
    return hashes;
  }

  private static byte[] sha256(byte[] blob) {
    return Sha256.of(blob);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql", "mariadb"})
  void aTableSourceGoesOn(String server) throws Exception {
    OldTarget target = new OldTarget(folder, "game", server);
    Config config = game(target);
    List<String> before = target.content();
    assertThat(before).hasSize(11 + 4);
    try (Jobs jobs = open(config)) {
      RunSummary migrated = jobs.migrate();
      assertThat(migrated.migratedTotal()).isEqualTo(8);
      assertThat(migrated.added() + migrated.replaced()).isZero();
      assertThat(jobs.backfill().unchanged()).isEqualTo(8);
      assertAllEqual(jobs.verify(), 8);
    }
    assertThat(target.content()).isEqualTo(before);
    assertThat(target.ask(WITHOUT_MAPPING)).containsExactly("0");
    assertThat(restored(config))
        .containsExactlyInAnyOrderElementsOf(
            target.ask("SELECT HEX(blob_sha256) FROM picklift_save WHERE status = 'migrated'"));
    assertThat(target.content()).isEqualTo(before);
    changed(target, config);
  }

  /** What changes from now on carries the fingerprint of now, beside those of then. */
  private static void changed(OldTarget target, Config config) throws Exception {
    target.execute(
        "UPDATE saves s JOIN saves o ON o.id = 'p0005' SET s.data = o.data WHERE s.id = 'p0002'");
    try (Jobs jobs = open(config)) {
      assertThat(jobs.backfill().replaced()).isEqualTo(1);
      assertAllEqual(jobs.verify(), 8);
    }
    assertThat(target.ask("SELECT COUNT(DISTINCT mapping_sha256) FROM picklift_save"))
        .containsExactly("2");
    assertThat(target.ask("SELECT form FROM picklift_mapping ORDER BY form"))
        .containsExactly("0", "1");
    assertThat(target.ask(WITHOUT_MAPPING)).containsExactly("0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql", "mariadb"})
  void anArchiveAsSourceGoesOn(String server) throws Exception {
    OldTarget target = new OldTarget(folder, "life", server);
    goesOn(target, life(target), 5);
  }

  /**
   * Its documents have null and plain values where those of today say {@code {"$float": "nan"}},
   * and its tables have no rows of what containers of classes of their own hold.
   */
  @ParameterizedTest
  @ValueSource(strings = {"mysql", "mariadb"})
  void rowsAndDocumentsAreComparedByTheRulesThatTheyWereWrittenBy(String server) throws Exception {
    OldTarget target = new OldTarget(folder, "shop", server);
    Config config = shop(target);
    assertThat(
            target.ask(
                "SELECT COUNT(*) FROM `order` WHERE JSON_TYPE(JSON_EXTRACT(doc, '$.nan')) ="
                    + " 'NULL'"))
        .as("what today's build shows otherwise")
        .containsExactly("10");
    goesOn(target, config, 10);
    // What is changed in such a document is the save's from now on.
    target.execute("UPDATE `order` SET doc = JSON_SET(doc, '$.word', 'another')");
    assertThat(changedIn(config)).isEqualTo(10);
  }

  private static long changedIn(Config config) throws Exception {
    try (RestoredSaves saves = RestoredSaves.open(config, Limits.defaults())) {
      return saves.restore(List.of(), (key, blob) -> {}).changed();
    }
  }

  private static void goesOn(OldTarget target, Config config, int saves) throws Exception {
    List<String> before = target.content();
    try (Jobs jobs = open(config)) {
      RunSummary migrated = jobs.migrate();
      assertThat(migrated.migratedTotal()).isEqualTo(saves);
      assertThat(migrated.added() + migrated.replaced()).isZero();
      assertThat(jobs.backfill().unchanged()).isEqualTo(saves);
      assertAllEqual(jobs.verify(), saves);
    }
    assertThat(restored(config))
        .containsExactlyInAnyOrderElementsOf(
            target.ask("SELECT HEX(blob_sha256) FROM picklift_save WHERE status = 'migrated'"));
    assertThat(target.content()).isEqualTo(before);
    assertThat(target.ask(WITHOUT_MAPPING)).containsExactly("0");
  }

  @ParameterizedTest
  @ValueSource(strings = "mysql")
  void anotherMappingIsStillRefused(String server) throws Exception {
    OldTarget target = new OldTarget(folder, "life", server);
    Path mapping = folder.resolve("life.yaml");
    Files.writeString(
        mapping, Files.readString(mapping).replaceFirst("VARCHAR\\(16\\)", "VARCHAR(17)"));
    Config config = life(target);
    assertThatThrownBy(() -> open(config))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("5 saves of the target were migrated with another mapping");
  }

  private static void assertAllEqual(VerifyReport report, int equal) {
    assertThat(report.equal()).isEqualTo(equal);
    assertThat(report.different() + report.disagreeing()).isZero();
  }
}
