package io.picklift.app.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.account.RunSummary;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.source.ProgressListener;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("database")
final class MigrateTest {
  @TempDir private Path folder = Path.of("");
  private Game game = null_();

  @SuppressWarnings("NullAway") // set before each test
  private static Game null_() {
    return null;
  }

  @BeforeEach
  void makeGame() throws Exception {
    game = new Game(folder);
  }

  @Test
  void everySaveArrivesAndASecondRunFindsNothingToDo() throws Exception {
    game.fill(30);
    try (Jobs jobs = game.open()) {
      RunSummary first = jobs.migrate();
      assertThat(first.rows()).isEqualTo(30);
      assertThat(first.added()).isEqualTo(30);
      assertThat(first.counts().changed()).isZero();
      assertThat(first.isClean()).isTrue();
      assertThat(game.number("SELECT COUNT(*) FROM player")).isEqualTo(30);
      assertThat(
              game.text(
                  "SELECT name FROM player p JOIN picklift_save s USING (save_id) WHERE source_key"
                      + " = 'p0007'"))
          .isEqualTo("Player 7");
      String written = game.text("SELECT MAX(last_written) FROM picklift_save");

      RunSummary second = jobs.migrate();
      assertThat(second.added()).isZero();
      assertThat(second.unchanged()).isEqualTo(30);
      assertThat(second.migratedTotal()).isEqualTo(30);
      assertThat(game.text("SELECT MAX(last_written) FROM picklift_save")).isEqualTo(written);

      VerifyReport verified = jobs.verify();
      assertThat(verified.equal()).isEqualTo(30);
      assertThat(verified.isClean()).isTrue();
    }
  }

  @Test
  void whatIsNoSaveIsQuarantinedWithItsReason() throws Exception {
    game.put("good", Game.save(3));
    game.put("null", null);
    game.put("empty", new byte[0]);
    game.put("page", "<html>502</html>".getBytes(StandardCharsets.UTF_8));
    game.put("cut", Arrays.copyOf(Game.save(4), 300));
    game.put("hostile", "cposix\nsystem\n(S'touch /tmp/x'\ntR.".getBytes(StandardCharsets.UTF_8));
    try (Jobs jobs = game.open()) {
      RunSummary summary = jobs.migrate();
      assertThat(summary.migratedTotal()).isEqualTo(1);
      assertThat(summary.quarantinedTotal())
          .isEqualTo(
              Map.of(
                  "null", 1L, "empty", 1L, "not-a-pickle", 1L, "truncated", 1L, "wrong-root", 1L));
      assertThat(summary.rows()).isEqualTo(6);
      assertThat(game.text("SELECT names FROM picklift_quarantine WHERE reason = 'wrong-root'"))
          .isEqualTo("posix.system");
      VerifyReport verified = jobs.verify();
      assertThat(verified.equal()).isEqualTo(1);
      assertThat(verified.quarantined()).isEqualTo(5);
      assertThat(verified.different()).isZero();
    }
  }

  @Test
  void encodingsAreToldRowByRowAndComeBackByteForByte() throws Exception {
    byte[] save = Game.save(9);
    game.put("zlib", zlib(save));
    game.put("base64", Base64.getMimeEncoder(76, new byte[] {'\n'}).encode(save));
    game.put("both", Base64.getEncoder().encode(zlib(save)));
    game.put("gzip", gzip(save));
    game.put("gzips", gzip(save, 100));
    try (Jobs jobs = game.open()) {
      assertThat(jobs.migrate().migratedTotal()).isEqualTo(5);
      assertThat(game.text("SELECT encodings FROM picklift_save WHERE source_key = 'both'"))
          .isEqualTo("base64+zlib");
      assertThat(game.text("SELECT restored_as FROM picklift_save WHERE source_key = 'both'"))
          .isEqualTo("identical");
      assertThat(game.text("SELECT restored_as FROM picklift_save WHERE source_key = 'gzip'"))
          .isEqualTo("identical");
      assertThat(game.text("SELECT restored_as FROM picklift_save WHERE source_key = 'gzips'"))
          .isEqualTo("kept");
      assertThat(game.number("SELECT COUNT(DISTINCT graph_sha256) FROM picklift_save"))
          .isEqualTo(1);
      assertThat(jobs.verify().equal()).isEqualTo(5);
    }
  }

  private static byte[] zlib(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
      deflater.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    return gzip(bytes, 0);
  }

  /** Two members one after the other, which are read as one and not written so again. */
  private static byte[] gzip(byte[] bytes, int cut) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part :
        List.of(Arrays.copyOf(bytes, cut), Arrays.copyOfRange(bytes, cut, bytes.length))) {
      if (part.length > 0) {
        GZIPOutputStream gzip = new GZIPOutputStream(out);
        gzip.write(part);
        gzip.finish();
      }
    }
    return out.toByteArray();
  }

  @Test
  void aKeyOfSeveralColumnsAndACondition() throws Exception {
    game.source(
        "CREATE TABLE slots (player BIGINT, slot VARCHAR(10), data LONGBLOB, PRIMARY KEY (player,"
            + " slot))");
    game.fill(9);
    game.source(
        "INSERT INTO slots SELECT CAST(SUBSTR(id, 2) AS UNSIGNED) DIV 3, CONCAT('s ', id), data"
            + " FROM saves");
    game.configure(
        "table: slots\n  key: [player, slot]\n  blob: data\n  where: player > 0", game.targetUrl());
    try (Jobs jobs = game.open()) {
      assertThat(jobs.migrate().migratedTotal()).isEqualTo(6);
      assertThat(game.text("SELECT MIN(source_key) FROM picklift_save"))
          .isEqualTo("[\"1\",\"s p0003\"]");
      assertThat(jobs.verify().isClean()).isTrue();
      assertThat(jobs.backfill().unchanged()).isEqualTo(6);
    }
  }

  @Test
  void aLockTimeoutIsTriedAgain() throws Exception {
    game.fill(3);
    game.configure(
        "table: saves\n  key: id\n  blob: data",
        game.targetUrl() + "&sessionVariables=innodb_lock_wait_timeout=1");
    try (Jobs jobs = game.open();
        Connection blocker = game.targetConnection();
        Statement statement = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      statement.execute("INSERT INTO picklift_column_found VALUES ('saves', 'friend.name')");
      CompletableFuture<Void> released =
          CompletableFuture.runAsync(
              () -> {
                try {
                  blocker.rollback();
                } catch (java.sql.SQLException e) {
                  throw new IllegalStateException(e);
                }
              },
              CompletableFuture.delayedExecutor(3, TimeUnit.SECONDS));
      assertThat(jobs.migrate().migratedTotal()).isEqualTo(3);
      released.join();
      assertThat(jobs.verify().isClean()).isTrue();
    }
  }

  @Test
  void theServerKnowsWhatItsTablesHoldNow() throws Exception {
    game.fill(30);
    List<String> tables = List.of("player", "friend", "bag_item", "picklift_save");
    try (Jobs jobs = game.open()) {
      for (String table : tables) {
        // What the server would find out by itself, some seconds later, is not what is shown here.
        game.target("ALTER TABLE " + table + " STATS_AUTO_RECALC = 0");
        assertThat(rowsInStatistics(table)).as(table).isZero();
      }
      jobs.migrate();
      for (String table : tables) {
        assertThat(rowsInStatistics(table)).as(table).isPositive();
      }
    }
  }

  private long rowsInStatistics(String table) throws Exception {
    return game.number(
        "SELECT n_rows FROM mysql.innodb_table_stats WHERE database_name = DATABASE() AND"
            + " table_name = '"
            + table
            + "'");
  }

  @Test
  void savesInAnArchiveAreMigratedToo() throws Exception {
    Path zip = folder.resolve("saves.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (int i = 0; i < 12; i++) {
        out.putNextEntry(new ZipEntry("year/" + i + ".pkl"));
        out.write(Game.save(i));
        out.closeEntry();
      }
    }
    String text = Files.readString(game.file());
    Files.writeString(
        game.file(), "source: {files: saves.zip}\n" + text.substring(text.indexOf("target:")));
    try (Jobs jobs = game.open()) {
      assertThat(jobs.migrate().migratedTotal()).isEqualTo(12);
      assertThat(game.number("SELECT COUNT(*) FROM picklift_save WHERE source_key = 'year/7'"))
          .isEqualTo(1);
      assertThat(jobs.backfill().unchanged()).isEqualTo(12);
      assertThat(jobs.verify().isClean()).isTrue();
    }
  }

  @Test
  void keysOfFilesOfOlderLedgersAreRenamed() throws Exception {
    Path saves = Files.createDirectories(folder.resolve("saves/year"));
    for (int i = 0; i < 3; i++) {
      Files.write(saves.resolve(i + ".pkl"), Game.save(i));
    }
    Files.write(saves.resolve("x.pkl.pkl"), Game.save(4));
    String text = Files.readString(game.file());
    Files.writeString(
        game.file(), "source: {files: saves}\n" + text.substring(text.indexOf("target:")));
    try (Jobs jobs = game.open()) {
      assertThat(jobs.migrate().added()).isEqualTo(4);
    }
    game.target(
        """
        UPDATE picklift_save SET source_key = CONCAT(source_key, '.pkl'),
          key_sha256 = UNHEX(SHA2(source_key, 256)) WHERE source_key <> 'year/x.pkl'
        """);
    List<String> said = new ArrayList<>();
    ProgressListener progress = new SaidLines(said);
    try (Jobs jobs = Jobs.open(game.config(), JobOptions.defaults(), progress)) {
      assertThat(said)
          .containsExactly(
              "3 keys of the ledger lost a final .pkl or leading ./: a file's key is its path"
                  + " without");
      assertThat(jobs.backfill().unchanged()).isEqualTo(4);
      assertThat(game.number("SELECT COUNT(*) FROM picklift_save")).isEqualTo(4);
    }
    try (Jobs jobs = Jobs.open(game.config(), JobOptions.defaults(), progress)) {
      assertThat(jobs.verify().isClean()).isTrue();
      assertThat(said).hasSize(1);
    }
  }

  @Test
  void twoFilesOfOneKeyAreAnError() throws Exception {
    Path saves = Files.createDirectories(folder.resolve("saves"));
    Files.write(saves.resolve("7.save"), Game.save(7));
    Files.write(saves.resolve("7.save.pkl"), Game.save(8));
    String text = Files.readString(game.file());
    Files.writeString(
        game.file(), "source: {files: saves}\n" + text.substring(text.indexOf("target:")));
    assertThatThrownBy(game::open)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("holds two saves of the key '7.save'");
  }

  @Test
  void oneProcessAtATimeHasATarget() throws Exception {
    try (Jobs jobs = game.open()) {
      assertThat(jobs.migrate().rows()).isZero();
      assertThatThrownBy(game::open)
          .isInstanceOf(JobFailedException.class)
          .hasMessageContaining("another picklift is working on")
          .hasMessageContaining(": process " + ProcessHandle.current().pid() + " on ")
          .hasMessageContaining(
              "KILL "
                  + game.number("SELECT connection_id FROM picklift_lock")
                  + " releases the target");
    }
  }

  @Test
  void anotherMappingNeedsAnotherTarget() throws Exception {
    game.fill(2);
    try (Jobs jobs = game.open()) {
      assertThat(jobs.migrate().migratedTotal()).isEqualTo(2);
    }
    Path mapping = folder.resolve("mapping.yaml");
    String text = Files.readString(mapping);
    Files.writeString(mapping, "# a comment\n\n" + text);
    try (Jobs jobs = game.open()) {
      assertThat(jobs.migrate().unchanged()).isEqualTo(2);
    }
    Files.writeString(mapping, text.replace("level: INT", "level: BIGINT"));
    assertThatThrownBy(game::open)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("2 saves of the target were migrated with another mapping");
  }

  @Test
  void aMappingThatTheServerRefusesIsNoCrash() throws Exception {
    Path mapping = folder.resolve("mapping.yaml");
    Files.writeString(mapping, Files.readString(mapping) + "\ncollation: utf8mb4_nope\n");
    assertThatThrownBy(game::open)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(mapping + ":")
        .hasMessageContaining(": the target does not take the table '")
        .hasMessageContaining("utf8mb4_nope");
  }

  /** A table after the others with so many columns of a type. */
  private String wide(int columns, String type) throws Exception {
    StringBuilder text = new StringBuilder("  wide:\n    class: game.Wide\n    columns:\n");
    for (int i = 0; i < columns; i++) {
      text.append("      c").append(i).append(": ").append(type).append('\n');
    }
    return Files.readString(folder.resolve("mapping.yaml")) + text;
  }

  @Test
  void aTableThatIsTooWideIsNamedAndNothingIsMade() throws Exception {
    Path mapping = folder.resolve("mapping.yaml");
    String plain = Files.readString(mapping);
    for (String text :
        List.of(wide(1_100, "INT"), wide(300, "DECIMAL(65,30)"), wide(5, "VARCHAR(4000)"))) {
      Files.writeString(mapping, text);
      assertThatThrownBy(game::open)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageMatching("(?s).*mapping.yaml:\\d+: .*")
          .hasMessageContaining("'wide'");
      assertThat(
              game.number(
                  "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()"
                      + " AND table_name IN ('player', 'friend', 'wide')"))
          .isZero();
    }
    Files.writeString(mapping, plain);
    try (Jobs jobs = game.open()) {
      RunSummary summary = jobs.migrate();
      assertThat(summary.rows()).isZero();
      assertThat(summary.columnsNeverFound()).as("a source without rows says nothing").isEmpty();
    }
  }

  @Test
  void anAttributeThatNoSaveHasIsNamed() throws Exception {
    game.fill(2);
    Path mapping = folder.resolve("mapping.yaml");
    Files.writeString(mapping, Files.readString(mapping).replace("level: INT", "lvl: INT"));
    try (Jobs jobs = game.open()) {
      RunSummary summary = jobs.migrate();
      assertThat(summary.columnsNeverFound())
          .singleElement()
          .asString()
          .startsWith(mapping + ":")
          .endsWith(": no migrated save has player.lvl (lvl); did you mean level?");
      assertThat(summary.isClean()).isFalse();
    }
  }

  @Test
  void anIndexThatRefusesASaveIsNamed() throws Exception {
    game.put("one", Game.save(3));
    Path mapping = folder.resolve("mapping.yaml");
    Files.writeString(
        mapping,
        Files.readString(mapping)
            .replace(
                "since: {path: since, type: INT}",
                "player_name: {path: player.name, type: VARCHAR(40), unique: true}"));
    try (Jobs jobs = game.open()) {
      assertThat(jobs.migrate().quarantinedTotal()).isEqualTo(Map.of("refused-by-target", 1L));
      assertThat(game.text("SELECT message FROM picklift_quarantine"))
          .isEqualTo(
              "the target refused a row: error 1062, SQLSTATE 23000, index"
                  + " ux_save_player_name");
    }
  }

  @Test
  void aTableThatIsThereAlreadyIsNotWrittenInto() throws Exception {
    game.target("CREATE TABLE player (id INT PRIMARY KEY)");
    assertThatThrownBy(game::open)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("already has a table 'player'");
  }
}
