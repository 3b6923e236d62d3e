package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.cli.Accounts.Grant;
import io.picklift.app.job.Game;
import io.picklift.app.job.Jobs;
import io.picklift.schema.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page about grants: with what it lists each command runs, and with one of them less it says
 * so.
 */
@Tag("database")
final class GrantsTest {
  private static final Pattern GRANT = Pattern.compile("`([A-Z, ]+) ON ([^`]+)`");
  static final Pattern STATEMENT = Pattern.compile("GRANT .*? ON .*? TO '[^;]*(?=;)");

  private static final String NEXT =
      """
      version: 1
      tables:
        player:
          class: game.Player
          columns:
            level: BIGINT
      """;

  @TempDir private Path folder = Path.of("");

  private int runs;

  /** The rights of the row of the page that begins so. */
  static List<Grant> grants(String row) throws IOException {
    Path page = Path.of("../GRANTS.md");
    String line =
        Files.readAllLines(page).stream()
            .filter(text -> text.startsWith("| " + row))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no row '" + row + "' in " + page));
    List<Grant> grants = new ArrayList<>();
    Matcher grant = GRANT.matcher(line.substring(line.indexOf(" | ") + 2));
    while (grant.find()) {
      for (String privilege : grant.group(1).split(", ", -1)) {
        grants.add(new Grant(privilege, grant.group(2)));
      }
    }
    assertThat(grants).isNotEmpty();
    return grants;
  }

  private interface Preparation {
    /** Gives a command something to do, before each of its runs; the first is number 0. */
    void make(Game game, int run) throws Exception;
  }

  /** A game whose target has saves, and a source that has something new, changed and gone. */
  private static void migrated(Game game, int run) throws Exception {
    if (run == 0) {
      game.fill(30);
      game.put("bad", new byte[] {1});
      try (Jobs jobs = game.open()) {
        jobs.migrate();
      }
    }
    game.put("new" + run, Game.save(3));
    game.put("p0004", Game.save(5 + run));
    game.source("DELETE FROM saves WHERE id LIKE 'p%' AND id > 'p0006' ORDER BY id LIMIT 1");
  }

  static void edited(Game game, int run) throws Exception {
    if (run == 0) {
      game.fill(2);
      try (Jobs jobs = game.open()) {
        jobs.migrate();
      }
      game.target("UPDATE picklift_save SET owner = 'tables'");
    }
    game.target("UPDATE player SET level = " + (77 + run));
  }

  private static void filled(Game game, int run) throws Exception {
    if (run == 0) {
      game.fill(5);
    }
  }

  private static Run run(Game game, String user, String... arguments) throws Exception {
    Accounts.use(game, user);
    List<String> line = new ArrayList<>(Arrays.asList(arguments));
    line.addAll(List.of("--config", game.file().toString()));
    return Run.of(line.toArray());
  }

  private Path fresh() throws IOException {
    return Files.createDirectory(folder.resolve("run" + runs++));
  }

  /**
   * Runs a command with all rights of a row of the page, and without each of them. All on one
   * target: to make another one takes longer than the runs.
   */
  private void check(String row, Preparation preparation, String... arguments) throws Exception {
    List<Grant> all = grants(row);
    Game game = new Game(fresh());
    int number = 0;
    preparation.make(game, number++);
    checkWhole(game, all, row, arguments);
    for (Grant missing : needed(all)) {
      preparation.make(game, number++);
      checkWithout(game, all, missing, arguments);
    }
  }

  private static List<Grant> needed(List<Grant> all) throws Exception {
    boolean isMySql = TestDatabase.get().isMySql();
    // MariaDB makes a foreign key without asking for this right.
    return all.stream().filter(it -> isMySql || !it.privilege().equals("REFERENCES")).toList();
  }

  private static void checkWhole(Game game, List<Grant> all, String row, String... arguments)
      throws Exception {
    try (Accounts accounts = new Accounts(game)) {
      Run whole = run(game, accounts.with(all), arguments);
      assertThat(whole.status()).as(row + ": " + whole.err()).isLessThan(2);
    }
  }

  private static void checkWithout(Game game, List<Grant> all, Grant missing, String... arguments)
      throws Exception {
    List<Grant> others = new ArrayList<>(all);
    others.remove(missing);
    try (Accounts accounts = new Accounts(game)) {
      String user = accounts.with(others);
      Run run = run(game, user, arguments);
      String what = String.join(" ", arguments) + " without " + missing + ": " + run.err();
      assertThat(run.status()).as(what).isEqualTo(2);
      String line =
          run.err().lines().filter(text -> text.startsWith("picklift: ")).findFirst().orElse("");
      assertThat(line)
          .as(what)
          .contains("'" + user + "'@'%' may not ")
          .contains(missing.privilege());
      assertThat(run.err().lines().filter(text -> text.startsWith("picklift: "))).hasSize(1);
      Matcher statement = STATEMENT.matcher(line);
      assertThat(statement.find()).as(what).isTrue();
      // What is said is what the server takes, and goes further than before.
      game.source(statement.group());
      assertThat(run(game, user, arguments).err()).as(what).doesNotContain(line);
    }
  }

  @Test
  void migrateThatMakesTheTables() throws Exception {
    String row = "`migrate` that makes the tables";
    List<Grant> all = grants(row);
    String[] migrate = {"migrate", "--partitions", "2"};
    checkWhole(unmigrated(), all, row, migrate);
    for (Grant missing : needed(all)) {
      checkWithout(unmigrated(), all, missing, migrate);
    }
  }

  private Game unmigrated() throws Exception {
    Game game = new Game(fresh());
    game.fill(30);
    return game;
  }

  @Test
  void backfillWhereTheTablesAre() throws Exception {
    check(
        "`migrate`, `backfill`, `quarantine retry`, `repair`, `cutover` where",
        GrantsTest::migrated,
        "backfill");
  }

  @Test
  void quarantineRetryWhereTheTablesAre() throws Exception {
    check(
        "`migrate`, `backfill`, `quarantine retry`, `repair`, `cutover` where",
        GrantsTest::migrated,
        "quarantine",
        "retry");
  }

  @Test
  void verify() throws Exception {
    check(
        "`verify` |",
        (game, run) -> {
          migrated(game, run);
          game.target("DELETE FROM picklift_proof");
        },
        "verify",
        "--report",
        folder.resolve("r").toString(),
        "--engine",
        "fast");
  }

  @Test
  void verifyThatOnlyReads() throws Exception {
    check(
        "`verify --read-only`",
        GrantsTest::migrated,
        "verify",
        "--report",
        folder.resolve("r").toString(),
        "--read-only",
        "--engine",
        "fast");
  }

  @Test
  void diffOfOneSave() throws Exception {
    check("`verify --read-only`", GrantsTest::migrated, "diff", "--key", "p0003");
  }

  @Test
  void inspectOfOneSave() throws Exception {
    check("`export`, `profile`, `inspect --key`", GrantsTest::filled, "inspect", "--key", "p0003");
  }

  @Test
  void restoreIntoFiles() throws Exception {
    check(
        "`restore --out`",
        GrantsTest::migrated,
        "restore",
        "--out",
        folder.resolve("o").toString());
  }

  @Test
  void restoreIntoATable() throws Exception {
    check(
        "`restore --table` that makes",
        (game, run) -> {
          migrated(game, run);
          game.target("DROP TABLE IF EXISTS saves_again");
        },
        "restore",
        "--table",
        "saves_again");
    check(
        "`restore --table` into",
        (game, run) -> {
          migrated(game, run);
          game.target("DROP TABLE IF EXISTS saves_again");
          game.target("CREATE TABLE saves_again (id VARCHAR(40) PRIMARY KEY, data LONGBLOB)");
        },
        "restore",
        "--table",
        "saves_again");
  }

  @Test
  void whatReadsTheSourceAlone() throws Exception {
    check(
        "`export`, `profile`, `inspect --key`",
        GrantsTest::filled,
        "export",
        "--out",
        folder.resolve("saves.tar").toString());
    check(
        "`export`, `profile`, `inspect --key`",
        GrantsTest::filled,
        "profile",
        "--out",
        folder.resolve("profile").toString());
  }

  @Test
  void whatReadsTheTargetAlone() throws Exception {
    check("`status`", GrantsTest::migrated, "status");
    check("`status`", GrantsTest::migrated, "quarantine", "list");
    check("`status`", GrantsTest::migrated, "quarantine", "show", "bad");
    check("`pause`", GrantsTest::migrated, "pause");
    Path mapping = Files.writeString(folder.resolve("next.yaml"), NEXT);
    check("`status`", GrantsTest::migrated, "plan", "--mapping", mapping.toString());
  }

  @Test
  void migrateWhereTheTablesAre() throws Exception {
    check(
        "`migrate`, `backfill`, `quarantine retry`, `repair`, `cutover` where",
        GrantsTest::migrated,
        "migrate");
  }

  @Test
  void writeback() throws Exception {
    check("`writeback` |", GrantsTest::edited, "writeback");
  }

  @Test
  void verifyOfSomeSaves() throws Exception {
    check(
        "`verify --read-only`",
        GrantsTest::migrated,
        "verify",
        "--key",
        "p0001",
        "--engine",
        "fast");
    check(
        "`verify --read-only`",
        GrantsTest::migrated,
        "verify",
        "--sample",
        "50%",
        "--read-only",
        "--engine",
        "fast");
  }

  private static final String MESSAGES =
      "companions:\n  messages: {from: messages, key: id, columns: {text: VARCHAR(40)}}\n";

  @Test
  void companionsNeedTheirTablesAsWell() throws Exception {
    List<Grant> all =
        new ArrayList<>(
            grants("`migrate`, `backfill`, `quarantine retry`, `repair`, `cutover` where"));
    Game game = new Game(fresh());
    game.source("CREATE TABLE messages (id INT PRIMARY KEY, text VARCHAR(40))");
    game.source("INSERT INTO messages VALUES (1, 'Hi')");
    game.append(MESSAGES);
    migrated(game, 0);
    try (Accounts accounts = new Accounts(game)) {
      String without = accounts.with(all);
      all.add(new Grant("SELECT", Accounts.schema(game.sourceUrl()) + ".messages"));
      String with = accounts.with(all);
      for (String command : List.of("backfill", "verify")) {
        Run lacking = withCompanions(game, without, command);
        assertThat(lacking.status()).as(lacking.err()).isEqualTo(2);
        assertThat(lacking.err())
            .contains("'" + without + "'@'%' may not SELECT on ")
            .contains("messages")
            .doesNotContain("\tat ");
        Run whole = withCompanions(game, with, command);
        assertThat(whole.status()).as(whole.err()).isLessThan(2);
      }
    }
  }

  private Run withCompanions(Game game, String user, String command) throws Exception {
    Accounts.use(game, user);
    game.append(MESSAGES);
    String report = folder.resolve("companions").toString();
    return command.equals("verify")
        ? Run.of(
            command,
            "--read-only",
            "--engine",
            "fast",
            "--report",
            report,
            "--config",
            game.file().toString())
        : Run.of(command, "--config", game.file().toString());
  }

  @Test
  void dryRun() throws Exception {
    check("`migrate --dry-run`", GrantsTest::migrated, "backfill", "--dry-run");
  }
}
