package io.picklift.app.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picklift.app.account.RunSummary;
import io.picklift.app.source.ProgressListener;
import io.picklift.schema.yaml.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose saves a ledger is of: no other source is ever taken for it. */
@Tag("database")
final class SourceIdentityTest {
  private static final String TABLE = "table: saves\n  key: id\n  blob: data\n";

  @TempDir private Path folder = Path.of("");

  private final List<String> said = new ArrayList<>();
  private Game first = null_();
  private Game second = null_();

  private final ProgressListener saying = new SaidLines(said);

  @SuppressWarnings("NullAway") // set before each test
  private static Game null_() {
    return null;
  }

  /** Two games with a table of one name, and one target. */
  @BeforeEach
  void makeGames() throws Exception {
    first = new Game(Files.createDirectory(folder.resolve("first")));
    second = new Game(Files.createDirectory(folder.resolve("second")));
    first.fill(30);
    second.configure(TABLE, first.targetUrl());
  }

  private Jobs open(Game game, JobOptions options) throws Exception {
    return Jobs.open(game.config(), options, saying);
  }

  private RunSummary backfill(Game game, JobOptions options) throws Exception {
    try (Jobs jobs = open(game, options)) {
      return jobs.backfill();
    }
  }

  private void migrated() throws Exception {
    try (Jobs jobs = first.open()) {
      jobs.migrate();
    }
  }

  private static void copy(Game from, Game to) throws SQLException {
    String schema = from.sourceUrl().replaceAll(".*/|\\?.*", "");
    to.source("INSERT INTO saves SELECT * FROM " + schema + ".saves");
  }

  @Test
  void anotherDatabaseWithATableOfTheNameIsRefused() throws Exception {
    migrated();
    for (int i = 0; i < 12; i++) {
      second.put(String.format("p%04d", i), Game.save(i + 5));
    }
    assertThatThrownBy(() -> open(second, JobOptions.defaults()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("the source 'saves' was ")
        .hasMessageContaining("if it is another source, give it its own 'name'")
        .hasMessageEndingWith("pass once: --source-moved");
    assertThatThrownBy(() -> open(second, JobOptions.defaults().sourceMoved()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(": of 20 saves of the ledger, 0 are the same in this source");
    assertThat(first.number("SELECT COUNT(*) FROM player")).isEqualTo(30);
  }

  @Test
  void aSourceThatWasMovedIsComparedInFullOnce() throws Exception {
    first.configure("  watermark: changed");
    second.configure(TABLE + "  watermark: changed", first.targetUrl());
    migrated();
    copy(first, second);
    second.source(
        "UPDATE saves SET data = (SELECT d FROM (SELECT data d FROM saves WHERE id = 'p0002') x)"
            + " WHERE id = 'p0001'");
    RunSummary summary = backfill(second, JobOptions.defaults().sourceMoved());
    assertThat(summary.replaced()).isEqualTo(1);
    assertThat(summary.unchanged()).isEqualTo(29);
    assertThat(said).singleElement().asString().contains("a sample of its saves agrees");
    said.clear();
    assertThat(backfill(second, JobOptions.defaults()).unchanged()).isEqualTo(30);
    assertThat(said).isEmpty();
  }

  @Test
  void severalSourcesShareATargetByTheirNames() throws Exception {
    first.configure("  name: one");
    second.configure(TABLE + "  name: two", first.targetUrl());
    second.put("p0000", Game.save(7));
    migrated();
    try (Jobs jobs = open(second, JobOptions.defaults())) {
      assertThat(jobs.migrate().added()).isEqualTo(1);
      second.source("DELETE FROM saves");
      assertThat(jobs.backfill().deleted()).isEqualTo(1);
    }
    assertThat(backfill(first, JobOptions.defaults()).unchanged()).isEqualTo(30);
    assertThat(first.number("SELECT COUNT(*) FROM picklift_save WHERE source_table = 'one'"))
        .isEqualTo(30);
  }

  @Test
  void aSourceMayGetItsNameLater() throws Exception {
    migrated();
    first.configure("  name: game");
    RunSummary summary = backfill(first, JobOptions.defaults());
    assertThat(summary.unchanged()).isEqualTo(30);
    assertThat(said).containsExactly("the source 'saves' is called 'game' from now on");
  }

  @Test
  void aLedgerThatDoesNotSayWhoseItIsLearnsIt() throws Exception {
    migrated();
    first.target("DELETE FROM picklift_source");
    assertThat(backfill(first, JobOptions.defaults()).unchanged()).isEqualTo(30);
    assertThat(said)
        .singleElement()
        .asString()
        .startsWith("the ledger did not say which source 'saves' is: it is t_");
    first.target("DELETE FROM picklift_source");
    second.put("p0000", Game.save(7));
    assertThatThrownBy(() -> open(second, JobOptions.defaults()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("of 20 saves of the ledger, 0 are the same in this source");
  }

  @Test
  void anotherServerWithoutTransactionNumbersIsTakenByASample() throws Exception {
    migrated();
    first.target("UPDATE picklift_source SET server_id = 'before', gtids = NULL");
    assertThat(backfill(first, JobOptions.defaults()).unchanged()).isEqualTo(30);
    assertThat(said).singleElement().asString().contains("a sample of its saves agrees");
    first.target("UPDATE picklift_source SET server_id = 'before', gtids = NULL");
    first.source("UPDATE saves SET data = 'x'");
    assertThatThrownBy(() -> open(first, JobOptions.defaults()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("of 20 saves of the ledger, 0 are the same in this source");
  }

  @Test
  void aServerThatHasTheLedgersTransactionsIsTheSame() throws Exception {
    migrated();
    first.target("UPDATE picklift_source SET server_id = 'before'");
    if (first.number("SELECT gtids IS NOT NULL FROM picklift_source") == 0) {
      return;
    }
    assertThat(backfill(first, JobOptions.defaults()).unchanged()).isEqualTo(30);
    assertThat(said)
        .singleElement()
        .asString()
        .contains("has all transactions that the ledger saw");
    first.target(
        "UPDATE picklift_source SET server_id = 'before',"
            + " gtids = '3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5'");
    assertThatThrownBy(() -> open(first, JobOptions.defaults()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("--source-moved");
  }

  @Test
  void anotherConditionIsSaid() throws Exception {
    migrated();
    first.configure("  where: \"id < 'p0005'\"");
    backfill(first, JobOptions.defaults());
    assertThat(said)
        .containsExactly(
            "'where' was not given at the last run and is \"id < 'p0005'\": saves that it now"
                + " excludes stay in the target unchanged");
  }
}
