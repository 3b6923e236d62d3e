package io.picklift.app.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.picklift.app.config.MaxRate;
import io.picklift.app.config.ThrottleConfig.Window;
import io.picklift.app.job.Game;
import io.picklift.app.job.JobOptions;
import io.picklift.app.job.Jobs;
import io.picklift.app.job.SaidLines;
import io.picklift.app.source.ProgressListener;
import io.picklift.schema.testing.TestDatabase;
import io.picklift.schema.yaml.ConfigurationException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each gauge makes a run wait, says so, and lets it go again. */
@Tag("database")
final class ThrottleTest {
  private static final int ROWS = 20;

  @TempDir private Path folder = Path.of("");

  private final List<String> said = new CopyOnWriteArrayList<>();

  private final ProgressListener saying = new SaidLines(said);

  private interface Action {
    void run() throws Exception;
  }

  private Game game(String throttle) throws Exception {
    Game game = new Game(folder);
    game.fill(ROWS);
    game.append("run:\n  throttle:\n    " + throttle + "\n");
    return game;
  }

  /** Migrates while something holds it; then that lets go. */
  private void holds(Game game, String line, Action letGo) throws Exception {
    try (Jobs jobs = Jobs.open(game.config(), JobOptions.defaults(), saying)) {
      CompletableFuture<Long> migrated =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return jobs.migrate().migratedTotal();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      await(() -> said.stream().anyMatch(it -> it.startsWith("throttled by " + line)));
      TimeUnit.MILLISECONDS.sleep(500);
      assertThat(game.number("SELECT COUNT(*) FROM picklift_save")).isZero();
      assertThat(migrated).isNotDone();
      letGo.run();
      assertThat(get(migrated)).isEqualTo(ROWS);
    }
    assertThat(said).anyMatch(it -> it.contains(" lets go after "));
    assertThat(said.stream().filter(it -> it.startsWith("throttled by " + line))).hasSize(1);
  }

  private static long get(CompletableFuture<Long> migrated) throws Exception {
    try {
      return migrated.get(3, TimeUnit.MINUTES);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    for (int i = 0; !condition.holds(); i++) {
      assertThat(i).as("tenths of a second waited in vain").isLessThan(1_200);
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  @Test
  void aFileMakesARunWait() throws Exception {
    Path file = folder.resolve("pause");
    Files.createFile(file);
    holds(game("pause_file: pause"), "pause_file: there is " + file, () -> Files.delete(file));
  }

  @Test
  void aQueryThatGivesTrueMakesARunWait() throws Exception {
    Game game = game("query: SELECT busy FROM load_now");
    game.source("CREATE TABLE load_now AS SELECT 7 AS busy");
    holds(
        game, "query on the source: it gives 7", () -> game.source("UPDATE load_now SET busy = 0"));
  }

  @Test
  void anAddressThatDoesNotAnswerWithSuccessMakesARunWait() throws Exception {
    AtomicInteger status = new AtomicInteger(503);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    server.start();
    try {
      int port = server.getAddress().getPort();
      holds(
          game("http: http://127.0.0.1:" + port + "/throttle"),
          "http: it answers 503",
          () -> status.set(200));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void manyThreadsOnTheServerMakeARunWait() throws Exception {
    long running = status("Threads_running");
    Game game = game("{threads_running: " + (running + 25) + ", look_at: source}");
    List<Connection> sleepers = new ArrayList<>();
    List<Long> numbers = new ArrayList<>();
    try {
      for (int i = 0; i < 40; i++) {
        Connection connection = game.connection(game.sourceUrl());
        sleepers.add(connection);
        numbers.add(number(connection));
        Thread thread = new Thread(() -> sleep(connection), "sleeper");
        thread.setDaemon(true);
        thread.start();
      }
      holds(
          game,
          "threads_running of the source: it is ",
          () -> {
            for (long number : numbers) {
              game.source("KILL " + number);
            }
          });
    } finally {
      for (Connection sleeper : sleepers) {
        sleeper.close();
      }
    }
  }

  @Test
  void aLongHistoryMakesARunWait() throws Exception {
    Game game = new Game(folder);
    game.fill(ROWS);
    try (Connection old = game.connection(game.sourceUrl());
        Statement snapshot = old.createStatement()) {
      old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      old.setAutoCommit(false);
      snapshot.execute("SELECT COUNT(*) FROM saves");
      long before = history(game);
      try (Connection connection = game.connection(game.sourceUrl());
          Statement update = connection.createStatement()) {
        for (int i = 0; i < 1500; i++) {
          update.execute("UPDATE saves SET level = " + i + " WHERE id = 'p0001'");
        }
      }
      assertThat(history(game)).isGreaterThan(before + 1000);
      game.append("run:\n  throttle: {history_list: " + (before + 1000) + ", look_at: source}\n");
      holds(
          game,
          "history_list of the source: it is ",
          () -> {
            old.commit();
            purge(game, before + 1000);
          });
    }
  }

  /**
   * Writes until the server has forgotten the old versions. MySQL shortens its history at every
   * 128th batch of a purge only (innodb_purge_rseg_truncate_frequency), and begins no batch where
   * nobody writes and the history is shorter than 5,000.
   */
  private static void purge(Game game, long most) throws Exception {
    game.source("CREATE TABLE traffic (id INT PRIMARY KEY)");
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    try (Connection connection = game.connection(game.sourceUrl());
        Statement write = connection.createStatement()) {
      for (int i = 0; history(game) > most; i++) {
        assertThat(System.nanoTime())
            .as("the history is not purged; the oldest transaction: %s", oldest(game))
            .isLessThan(deadline);
        write.execute("INSERT INTO traffic VALUES (" + i + ")");
      }
    }
  }

  /** The transaction whose read view keeps the history, if one does. */
  private static @Nullable String oldest(Game game) throws SQLException {
    return game.text(
        """
        SELECT CONCAT_WS(' ', t.trx_started, t.trx_state, p.id, p.user, p.db, p.command, p.time, t.trx_query)
        FROM information_schema.innodb_trx t
        LEFT JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id
        ORDER BY t.trx_started LIMIT 1
        """);
  }

  private static long history(Game game) throws Exception {
    return game.number(
        "SELECT COUNT FROM information_schema.INNODB_METRICS WHERE NAME = 'trx_rseg_history_len'");
  }

  private static long status(String name) throws Exception {
    try (Connection connection = TestDatabase.get().connect(TestDatabase.get().freshSchema());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW GLOBAL STATUS LIKE '" + name + "'")) {
      row.next();
      return row.getLong(2);
    }
  }

  @Test
  void outsideOfItsHoursARunWaits() {
    LocalTime[] now = {LocalTime.of(12, 0)};
    Clock clock =
        new Clock() {
          @Override
          public ZoneOffset getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(java.time.ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return now[0].atDate(java.time.LocalDate.EPOCH).toInstant(ZoneOffset.UTC);
          }
        };
    Window night = new Window(LocalTime.of(22, 0), LocalTime.of(6, 0));
    Window noon = new Window(LocalTime.of(12, 30), LocalTime.of(13, 0));
    TimeWindows gauge = new TimeWindows(List.of(night, noon), clock);
    assertThat(gauge.hold()).isEqualTo("work is allowed at 22:00-06:00, 12:30-13:00");
    for (String allowed : List.of("12:30", "12:59", "22:00", "23:59", "00:00", "05:59")) {
      now[0] = LocalTime.parse(allowed);
      assertThat(gauge.hold()).as(allowed).isNull();
    }
    for (String held : List.of("06:00", "12:29", "13:00", "21:59")) {
      now[0] = LocalTime.parse(held);
      assertThat(gauge.hold()).as(held).isNotNull();
    }
  }

  @Test
  void aRateIsKept() throws Exception {
    Game game = new Game(folder);
    game.fill(ROWS);
    JobOptions slow = JobOptions.defaults().withMaxRate(MaxRate.parse("10"));
    long began = System.nanoTime();
    try (Jobs jobs = Jobs.open(game.config(), slow, saying)) {
      assertThat(jobs.migrate().migratedTotal()).isEqualTo(ROWS);
    }
    // The last few are not waited for.
    assertThat(System.nanoTime() - began).isGreaterThan(TimeUnit.SECONDS.toNanos(1));
  }

  @Test
  void aRunThatWaitsCanBeStopped() throws Exception {
    Files.createFile(folder.resolve("pause"));
    Game game = game("pause_file: pause");
    try (Jobs jobs = Jobs.open(game.config(), JobOptions.defaults(), saying)) {
      CompletableFuture<Void> stopping =
          CompletableFuture.runAsync(
              jobs::stop, CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS));
      assertThatThrownBy(jobs::migrate).hasMessageStartingWith("stopped");
      stopping.join();
    }
  }

  @Test
  void aPrivilegeThatIsMissingIsSaidAtTheStart() throws Exception {
    // The embedded MariaDB asks nobody who he is.
    assumeTrue(TestDatabase.get().isMySql());
    for (String[] want :
        new String[][] {
          {"history_list: 10", "history_list of the source needs the privilege PROCESS"},
          {
            "replica: {url: 'URL', username: USER, password: secret}",
            "the lag of run.throttle.replica needs the privilege REPLICATION CLIENT"
          }
        }) {
      Game game = new Game(folder);
      String user = "polite_" + ProcessHandle.current().pid();
      game.source("CREATE USER '" + user + "' IDENTIFIED BY 'secret'");
      try {
        String schema = game.sourceUrl().replaceFirst("\\?.*", "").replaceFirst(".*/", "");
        game.source("GRANT SELECT ON " + schema + ".* TO '" + user + "'");
        String text = Files.readString(game.file());
        String account = "username: " + TestDatabase.get().username();
        int first = text.indexOf(account);
        text =
            text.substring(0, first)
                + "username: "
                + user
                + text.substring(first + account.length())
                    .replaceFirst("password: \"[^\"]*\"", "password: secret");
        Files.writeString(game.file(), text);
        game.append(
            "run:\n  throttle:\n    look_at: source\n    "
                + want[0].replace("URL", game.sourceUrl()).replace("USER", user)
                + "\n");
        assertThatThrownBy(() -> Jobs.open(game.config(), JobOptions.defaults(), saying))
            .isInstanceOf(ConfigurationException.class)
            .hasMessageContaining(want[1]);
      } finally {
        game.source("DROP USER '" + user + "'");
      }
    }
  }

  @Test
  void aServerThatIsNoReplicaIsRefused() throws Exception {
    Game game = new Game(folder);
    game.configure(
        "table: saves\n  key: id\n  blob: data\n  replica: {url: '" + game.sourceUrl() + "'}",
        game.targetUrl());
    assertThatThrownBy(() -> Jobs.open(game.config(), JobOptions.defaults(), saying))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("is not a replica of any server");
  }

  private static long number(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT CONNECTION_ID()")) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void sleep(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT SLEEP(600)");
    } catch (SQLException e) {
      // The connection is killed to wake it.
      return;
    }
  }
}
