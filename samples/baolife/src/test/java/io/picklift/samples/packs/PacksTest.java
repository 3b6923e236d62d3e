package io.picklift.samples.packs;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.account.RunSummary;
import io.picklift.app.config.Config;
import io.picklift.app.demo.Pack;
import io.picklift.app.demo.Question;
import io.picklift.app.encoding.text.DjangoSigner;
import io.picklift.app.job.JobOptions;
import io.picklift.app.job.Jobs;
import io.picklift.app.restore.RestoreFolder;
import io.picklift.app.restore.RestoreSummary;
import io.picklift.app.restore.RestoredSaves;
import io.picklift.app.source.ProgressListener;
import io.picklift.codec.Limits;
import io.picklift.schema.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each pack ends verified, with every row accounted for and every question answered. */
@Tag("database")
final class PacksTest {
  private static final TestDatabase DATABASE = TestDatabase.get();

  /** The folder of the samples, whichever folder the tests run in. */
  private static Path samples() {
    return Stream.of(".", "samples", "../../samples", "../samples")
        .map(Path::of)
        .filter(folder -> Files.isDirectory(folder.resolve("relstorage")))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "relstorage, 19, 0, 0",
    "django-sessions, 12, 0, 0",
    "django-cache, 11, 0, 0",
    "django-picklefield, 9, 0, 0",
    "apscheduler, 12, 0, 0",
    "celery, 20, 0, 0",
    "sqlalchemy, 9, 1, 0",
    "evennia, 21, 0, 0",
    "airflow-xcom, 12, 0, 0",
    "airflow-executor, 6, 0, 0",
    "google-adk, 10, 0, 0",
    "renpy, 4, 0, 4"
  })
  void endsVerifiedAndAnswersItsQuestions(String name, long rows, long quarantined, long kept)
      throws Exception {
    Pack pack = Pack.open(samples().resolve(name));
    String source = DATABASE.freshSchema();
    String target = DATABASE.freshSchema();
    try (Connection connection = DATABASE.connect(source)) {
      pack.load(connection);
    }
    Config config =
        pack.config(
            Map.of(
                "SOURCE_URL",
                source,
                "TARGET_URL",
                target,
                "DB_USERNAME",
                DATABASE.username(),
                "DB_PASSWORD",
                DATABASE.password()));
    try (Jobs jobs = Jobs.open(config, JobOptions.defaults(), ProgressListener.NONE)) {
      RunSummary run = jobs.migrate();
      assertThat(run.rows()).isEqualTo(rows);
      assertThat(run.migratedTotal()).isEqualTo(rows - quarantined);
      assertThat(run.quarantinedSaves()).isEqualTo(quarantined);
      assertThat(run.columnsNeverFound()).isEmpty();
      assertThat(jobs.verify().equal()).isEqualTo(rows - quarantined);
    }
    try (Connection connection = DATABASE.connect(target)) {
      // A zip of several members cannot be made again; all else is written again from rows.
      assertThat(
              number(connection, "SELECT COUNT(*) FROM picklift_save WHERE restored_as = 'kept'"))
          .isEqualTo(kept);
      List<Question> questions = pack.questions();
      assertThat(questions).hasSize(3);
      for (Question question : questions) {
        assertThat(rows(connection, question.sql())).as(question.text()).isPositive();
      }
    }
  }

  @Test
  void aChangedSessionIsSignedWithTheKeyAlone(@TempDir Path folder) throws Exception {
    Pack pack = Pack.open(samples().resolve("django-sessions"));
    String source = DATABASE.freshSchema();
    String target = DATABASE.freshSchema();
    try (Connection connection = DATABASE.connect(source)) {
      pack.load(connection);
    }
    Config config = config(pack, source, target);
    try (Jobs jobs = Jobs.open(config, JobOptions.defaults(), ProgressListener.NONE)) {
      jobs.migrate();
    }
    try (Connection connection = DATABASE.connect(target);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE session SET auth_user_id = '999'");
    }
    try (RestoredSaves saves = RestoredSaves.open(config, Limits.defaults())) {
      RestoreSummary without = saves.restore(List.of(), (key, blob) -> {});
      assertThat(without.failed()).isEqualTo(12);
      assertThat(without.problems().toString()).contains("set PICKLIFT_SIGNING_KEY");
      saves.sign(new DjangoSigner("picklift-sample", null));
      RestoreFolder files = new RestoreFolder(folder);
      RestoreSummary with = saves.restore(List.of(), files);
      assertThat(with.changed()).isEqualTo(8);
      // The older form has another signature.
      assertThat(with.failed()).isEqualTo(4);
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(one -> Files.isRegularFile(one)).toList()) {
        byte[] signed = Files.readAllBytes(file);
        assertThat(new DjangoSigner("picklift-sample", null).sign(signed)).isEqualTo(signed);
      }
    }
  }

  @Test
  void everyFolderIsTested() throws Exception {
    try (Stream<Path> folders = Files.list(samples())) {
      assertThat(folders.filter(folder -> Files.exists(folder.resolve("source.sql")))).hasSize(11);
    }
  }

  private static Config config(Pack pack, String source, String target) {
    return pack.config(
        Map.of(
            "SOURCE_URL",
            source,
            "TARGET_URL",
            target,
            "DB_USERNAME",
            DATABASE.username(),
            "DB_PASSWORD",
            DATABASE.password()));
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static int rows(Connection connection, String sql) throws SQLException {
    int rows = 0;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        rows++;
      }
    }
    return rows;
  }
}
