package io.picklift.samples.packs;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.config.Config;
import io.picklift.app.config.ConfigReader;
import io.picklift.app.config.Database;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.demo.Pack;
import io.picklift.app.detect.Detection;
import io.picklift.app.detect.DraftConfig;
import io.picklift.app.detect.FoundColumn;
import io.picklift.app.source.ProgressListener;
import io.picklift.schema.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The applications' own tables are recognized, column by column, in one schema of all of them. */
@Tag("database")
final class PacksDetectedTest {
  private static final TestDatabase DATABASE = TestDatabase.get();

  private static final Map<String, String> EXPECTED =
      Map.ofEntries(
          Map.entry("object_state.state", "RelStorage (ZODB)"),
          Map.entry("django_session.session_data", "Django sessions"),
          Map.entry("shop_cache.value", "Django cache"),
          Map.entry("shop_config.value", "Django (picklefield)"),
          Map.entry("apscheduler_jobs.job_state", "APScheduler 3"),
          Map.entry("celery_taskmeta.result", "Celery results"),
          Map.entry("board.state", "SQLAlchemy (PickleType)"),
          Map.entry("typeclasses_attribute.db_value", "Evennia"),
          Map.entry("xcom.value", "Airflow"),
          Map.entry("task_instance.executor_config", "Airflow"),
          Map.entry("events.actions", "Google ADK"));

  @TempDir private Path folder = Path.of("");

  private static Path samples() {
    return Stream.of(".", "samples", "../../samples", "../samples")
        .map(Path::of)
        .filter(folder -> Files.isDirectory(folder.resolve("relstorage")))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void eachColumnOfPicklesHasItsApplicationAndAConfiguration() throws Exception {
    String url = DATABASE.freshSchema();
    try (Connection connection = DATABASE.connect(url);
        Statement statement = connection.createStatement();
        Stream<Path> packs = Files.list(samples())) {
      for (Path pack : packs.filter(p -> Files.exists(p.resolve("source.sql"))).toList()) {
        Pack.open(pack).load(connection);
      }
      // What Alembic, SQLAlchemy's tool for migrations, has beside an application's tables.
      statement.execute(
          "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)");
      statement.execute("INSERT INTO alembic_version VALUES ('ae1027a6acf7')");
    }
    Database database = new Database(url, DATABASE.username(), DATABASE.password());
    Detection.Result result =
        Detection.run(database, 200, DecodingEngine.Name.FAST, ProgressListener.NONE);
    assertThat(result.passedOver()).isEmpty();
    Map<String, String> found = new TreeMap<>();
    for (FoundColumn column : result.found()) {
      found.put(column.place(), column.application());
    }
    assertThat(found).containsExactlyInAnyOrderEntriesOf(EXPECTED);
    for (FoundColumn column : result.found()) {
      Path file = folder.resolve(column.place() + ".yaml");
      Files.writeString(file, DraftConfig.of(column, database));
      Config config =
          ConfigReader.read(file, Map.of("PICKLIFT_USERNAME", "u", "PICKLIFT_PASSWORD", "p")::get);
      assertThat(config.source().table() + "." + config.source().blob()).isEqualTo(column.place());
      assertThat(config.source().key()).isNotEmpty();
    }
  }
}
