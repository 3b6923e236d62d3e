package io.picklift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.app.control.SilentFollower;
import io.picklift.app.job.Game;
import io.picklift.app.job.Proxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are told to stop. */
@Tag("database")
final class SignalTest {
  private static final int ROWS = 1_000;

  @TempDir private Path folder = Path.of("");

  private Process start(Game game, String... words) throws IOException {
    return CliProcess.start(game, folder, List.of(), words);
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Process process, Condition condition) throws Exception {
    for (int i = 0; i < 1_200 && process.isAlive() && !condition.holds(); i++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    assertThat(process.isAlive()).isTrue();
  }

  private String err() throws IOException {
    return Files.readString(folder.resolve("err"));
  }

  private static int ended(Process process) throws InterruptedException {
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private static boolean isAtWork(Game game) throws Exception {
    String table =
        "SELECT COUNT(*) FROM information_schema.tables"
            + " WHERE table_schema = DATABASE() AND table_name = 'picklift_run'";
    return game.number(table) > 0
        && game.number("SELECT COUNT(*) FROM picklift_run WHERE status = 'running'") > 0;
  }

  @Test
  void aChunkEndsAndTheStatusIsThree() throws Exception {
    Game game = new Game(folder);
    game.fill(ROWS);
    Process process = start(game, "backfill", "--cron", "* * * * * *", "--max-rate", "20");
    await(process, () -> isAtWork(game) && game.number("SELECT COUNT(*) FROM picklift_save") > 0);
    process.destroy();
    assertThat(ended(process)).isEqualTo(3);
    assertThat(err())
        .contains("stopping after the current batch; a second signal ends it at once\n")
        .containsPattern("picklift: stopped, \\d+ saves written; what was committed stays");
    assertThat(game.text("SELECT STATUS FROM PICKLIFT_BATCH_JOB_EXECUTION")).isEqualTo("STOPPED");
    assertThat(game.number("SELECT COUNT(*) FROM picklift_save")).isLessThan(ROWS);
    assertThat(game.text("SELECT status FROM picklift_run WHERE ended IS NOT NULL"))
        .isEqualTo("stopped");
  }

  @Test
  void whoWaitsForATickLeavesWithZero() throws Exception {
    Game game = new Game(folder);
    game.fill(3);
    Process process = start(game, "backfill", "--cron", "0 0 0 1 1 *");
    await(process, () -> Files.readString(folder.resolve("err")).contains("next run"));
    process.destroy();
    assertThat(ended(process)).isZero();
  }

  /** What is edited goes with the next tick, and what misses changes is said once. */
  @Test
  void aWritebackStaysUntilItIsTold() throws Exception {
    Game game = new Game(folder);
    game.fill(3);
    assertThat(Run.on(game, "cutover", "--all").out()).contains("3  saves handed over");
    game.append("run: {changes: triggers}\n");
    Process process = start(game, "writeback", "--cron", "* * * * * *");
    for (int level = 77; level < 80; level++) {
      game.target("UPDATE player SET level = " + level);
      await(
          process,
          () ->
              game.number("SELECT COUNT(*) FROM picklift_save WHERE restored_as = 'kept'") == 3
                  && game.number("SELECT COUNT(*) FROM picklift_change") == 0);
    }
    process.destroy();
    assertThat(ended(process)).isZero();
    assertThat(err()).containsOnlyOnce("changes: triggers: ");
    assertThat(Run.on(game, "verify").status()).isZero();
  }

  /** Each of its runs says what it found; that the process was stopped is no finding. */
  @Test
  void aRunThatCameToItsEndWhenTheProcessIsStoppedLeavesWithZero() throws Exception {
    Game game = new Game(folder);
    game.fill(3);
    game.put("bad", new byte[] {1, 2, 3});
    // The last thing that a run does.
    game.append("on:\n  finished: 'kill -TERM $PPID'\n");
    Process process = start(game, "backfill", "--cron", "* * * * * *");
    assertThat(ended(process)).as(err()).isZero();
    assertThat(Files.readString(folder.resolve("out"))).contains("1  quarantined");
  }

  @Test
  void whoWaitsForAFollowerLeavesThoughTheServerIsAway() throws Exception {
    Game game = new Game(folder);
    game.fill(1);
    try (SilentFollower follower = new SilentFollower(game);
        Proxy proxy = new Proxy(game.targetUrl())) {
      game.configure("table: saves\n  key: id\n  blob: data", proxy.url(game.targetUrl()));
      Process process = start(game, "cutover", "--all");
      await(process, follower::isAsked);
      proxy.goAway();
      await(process, () -> err().contains("waiting: "));
      process.destroy();
      assertThat(ended(process)).isEqualTo(3);
      assertThat(err()).contains("picklift: stopped while the target's server was away; if");
    }
  }

  /** A server that says nothing: the signal comes before there is anything to stop. */
  @Test
  void whoConnectsLeavesWithThree() throws Exception {
    Game game = new Game(folder);
    try (ServerSocket silent = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      game.append("run: {timeout: 3}\n");
      String text = Files.readString(game.file());
      Files.writeString(
          game.file(),
          text.replaceFirst("127\\.0\\.0\\.1:\\d+", "127.0.0.1:" + silent.getLocalPort()));
      Process process = start(game, "verify");
      try (Socket connected = silent.accept()) {
        process.destroy();
        assertThat(ended(process)).isEqualTo(3);
        assertThat(connected.isConnected()).isTrue();
      }
      assertThat(err().lines().filter(line -> line.startsWith("picklift: "))).hasSize(1);
      assertThat(err()).contains("picklift: source: no connection to ").doesNotContain("\tat ");
    }
  }

  @Test
  void aSecondSignalLeavesAtOnce() throws Exception {
    Game game = new Game(folder);
    game.fill(3);
    // A batch that does not end: its rows wait for a lock.
    try (io.picklift.app.job.Jobs jobs = game.open()) {
      jobs.migrate();
    }
    game.put("p0001", Game.save(7));
    try (java.sql.Connection blocking = game.targetConnection();
        java.sql.Statement lock = blocking.createStatement()) {
      blocking.setAutoCommit(false);
      lock.executeQuery("SELECT * FROM picklift_save FOR UPDATE").close();
      Process process = start(game, "backfill");
      await(process, () -> isAtWork(game));
      TimeUnit.SECONDS.sleep(3);
      process.destroy();
      await(process, () -> err().contains("a second signal ends it at once"));
      TimeUnit.SECONDS.sleep(1);
      assertThat(process.isAlive()).isTrue();
      process.destroy();
      // Well before the lock that it waits for is given up.
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(3);
      blocking.rollback();
    }
  }
}
