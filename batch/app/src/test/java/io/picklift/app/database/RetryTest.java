package io.picklift.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.picklift.app.account.RunSummary;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.job.Game;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.job.JobOptions;
import io.picklift.app.job.Jobs;
import io.picklift.app.job.Proxy;
import io.picklift.app.lock.TargetLock;
import io.picklift.app.source.ProgressListener;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What the server undoes, and connections that are lost in the middle. */
@Tag("database")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class RetryTest {
  private static final int ROWS = 3;

  /** What every save's transaction writes last, and a blocker writes first. */
  private static final String BLOCKED =
      "INSERT INTO picklift_column_found VALUES ('saves', 'friend.name')";

  @TempDir private Path folder = Path.of("");

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  @AfterEach
  void stop() {
    ((Logger) LoggerFactory.getLogger(RetryPolicy.class)).detachAppender(log);
    thread.shutdownNow();
  }

  private Jobs open(Game game) throws Exception {
    // One range at a time, so that one transaction waits at a time.
    JobOptions options = JobOptions.of(1, DecodingEngine.Name.FAST);
    Jobs jobs = Jobs.open(game.config(), options, ProgressListener.NONE);
    Logger logger = (Logger) LoggerFactory.getLogger(RetryPolicy.class);
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    logger.addAppender(log);
    log.start();
    return jobs;
  }

  private static Connection blocking(Game game) throws SQLException {
    Connection blocker = game.targetConnection();
    blocker.setAutoCommit(false);
    execute(blocker, BLOCKED);
    return blocker;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The connection that waits for the blocker. */
  private static long waiting(Game game) throws Exception {
    String sql =
        "SELECT COALESCE(MAX(trx_mysql_thread_id), -1) FROM information_schema.innodb_trx"
            + " WHERE trx_state = 'LOCK WAIT' AND trx_query LIKE '%picklift_column_found%'";
    long id = game.number(sql);
    while (id < 0) {
      // The server looks again only where it was not asked for 100 ms.
      Thread.sleep(200);
      id = game.number(sql);
    }
    return id;
  }

  private Future<RunSummary> migrating(Jobs jobs) {
    Callable<RunSummary> migrate = jobs::migrate;
    return thread.submit(migrate);
  }

  private List<String> retries() {
    return List.copyOf(log.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private static void isWhole(Jobs jobs, RunSummary summary) throws Exception {
    assertThat(summary.migratedTotal()).isEqualTo(ROWS);
    assertThat(summary.quarantinedSaves()).isZero();
    assertThat(jobs.verify().equal()).isEqualTo(ROWS);
  }

  @Test
  void aDiskWithoutRoomForANewTableIsWaitedFor() {
    String message = "Create table/tablespace 'player' failed, as disk is full.";
    assertThat(ServerErrors.isTransient(new SQLException(message, "HY000", 3230))).isTrue();
    assertThat(ServerErrors.isTransient(new SQLException(message, "HY000", 3675))).isTrue();
  }

  @Test
  void aDeadlockIsTriedAgain() throws Exception {
    Game game = new Game(folder);
    game.fill(ROWS);
    // InnoDB undoes the transaction that has changed less: not this one.
    game.target("CREATE TABLE heavy (a INT)");
    try (Jobs jobs = open(game);
        Connection blocker = blocking(game)) {
      execute(blocker, "INSERT INTO heavy VALUES (1)" + ", (1)".repeat(5_000));
      Future<RunSummary> migrating = migrating(jobs);
      waiting(game);
      // The writer waits for us, and we for what the writer has entered.
      execute(blocker, "SELECT COUNT(*) FROM picklift_save FOR UPDATE");
      blocker.rollback();
      isWhole(jobs, migrating.get());
    }
    assertThat(retries()).anyMatch(line -> line.contains("error 1213"));
  }

  @Test
  void aConnectionThatTheServerKillsIsReplaced() throws Exception {
    Game game = new Game(folder);
    game.fill(ROWS);
    try (Jobs jobs = open(game);
        Connection blocker = blocking(game)) {
      Future<RunSummary> migrating = migrating(jobs);
      game.target("KILL " + waiting(game));
      while (retries().isEmpty()) {
        Thread.sleep(20);
      }
      blocker.rollback();
      isWhole(jobs, migrating.get());
    }
    assertThat(retries()).anyMatch(line -> line.startsWith("attempt 1: "));
  }

  @Test
  void allConnectionsLostAtOnceAreReplaced() throws Exception {
    Game game = new Game(folder);
    game.fill(ROWS);
    try (Proxy proxy = new Proxy(game.targetUrl())) {
      game.configure("table: saves\n  key: id\n  blob: data", proxy.url(game.targetUrl()));
      try (Jobs jobs = open(game);
          Connection blocker = blocking(game)) {
        Future<RunSummary> migrating = migrating(jobs);
        waiting(game);
        proxy.loseAll();
        while (retries().isEmpty()) {
          Thread.sleep(20);
        }
        blocker.rollback();
        isWhole(jobs, migrating.get());
        // The lock went with its connection, and is there again.
        String name = TargetLock.name(Objects.requireNonNull(game.text("SELECT DATABASE()")));
        long holder = game.number("SELECT IS_USED_LOCK('" + name + "')");
        assertThatThrownBy(() -> open(game))
            .hasMessageContaining("another picklift is working on")
            .hasMessageContaining(": process " + ProcessHandle.current().pid() + " on ")
            .hasMessageContaining(" (connection " + holder + "), since ")
            .hasMessageContaining("If that process is dead, KILL " + holder + " releases");
      }
    }
  }

  @Test
  void aTargetThatAnotherTookMeanwhileIsLeftToIt() throws Exception {
    Game game = new Game(folder);
    game.fill(ROWS);
    try (Jobs jobs = open(game);
        Connection other = game.targetConnection()) {
      String name = TargetLock.name(other.getCatalog());
      execute(other, "KILL " + game.number("SELECT IS_USED_LOCK('" + name + "')"));
      try (Statement statement = other.createStatement();
          ResultSet row = statement.executeQuery("SELECT GET_LOCK('" + name + "', 10)")) {
        assertThat(row.next() && row.getInt(1) == 1).isTrue();
      }
      assertThatThrownBy(jobs::migrate)
          .isInstanceOf(JobFailedException.class)
          .hasMessage("the connection was lost, and another picklift has taken the target since");
      assertThat(game.number("SELECT COUNT(*) FROM picklift_save")).isZero();
    }
    try (Jobs jobs = open(game)) {
      isWhole(jobs, jobs.migrate());
    }
  }

  @Test
  void aLostJobRepositoryEndsInOneLineAndTheNextRunGoesOn() throws Exception {
    Game game = new Game(folder);
    game.fill(ROWS);
    // Whatever is told to the repository: that a step begins, goes on, ends; that the job does.
    for (String words :
        List.of(
            "INSERT INTO PICKLIFT_BATCH_JOB_EXECUTION",
            "INSERT INTO PICKLIFT_BATCH_STEP_EXECUTION",
            "UPDATE PICKLIFT_BATCH_STEP_EXECUTION",
            "UPDATE PICKLIFT_BATCH_JOB_EXECUTION")) {
      try (Proxy proxy = new Proxy(game.targetUrl())) {
        game.configure("table: saves\n  key: id\n  blob: data", proxy.url(game.targetUrl()));
        game.append("run: {deadline: 2}\n");
        try (Jobs jobs = open(game)) {
          proxy.loseThoseThatSay(words);
          assertThatThrownBy(jobs::migrate)
              .as(words)
              .isInstanceOf(JobFailedException.class)
              .hasMessageStartingWith("the connection to the database was lost: ")
              .hasMessageEndingWith("; what was committed stays, run the same command again");
          assertThat(proxy.lost()).as(words).isPositive();
        }
      }
    }
    game.configure("");
    try (Jobs jobs = open(game)) {
      isWhole(jobs, jobs.migrate());
      assertThat(jobs.migrate().unchanged()).isEqualTo(ROWS);
    }
  }

  @Test
  void otherErrorsAreNotTriedAgain() {
    int[] tries = new int[1];
    assertThatThrownBy(
            () ->
                Retry.retrying(
                    () -> {
                      tries[0]++;
                      throw new SQLException("Table 'person' doesn't exist", "42S02", 1146);
                    }))
        .isInstanceOf(SQLException.class);
    assertThat(tries[0]).isEqualTo(1);
  }

  @Test
  void aTransactionThatIsUndoneEveryTimeEndsInTheEnd() {
    int[] tries = new int[1];
    assertThatThrownBy(
            () ->
                Retry.retrying(
                    () -> {
                      if (++tries[0] > 2) {
                        Thread.currentThread().interrupt();
                      }
                      throw new SQLException("Deadlock found", "40001", 1213);
                    }))
        .hasMessage("interrupted while waiting to try again");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(tries[0]).isEqualTo(3);
  }
}
