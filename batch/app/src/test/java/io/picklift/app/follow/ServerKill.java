package io.picklift.app.follow;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Kills a server, and starts it again as it was started before. */
interface ServerKill {
  void killAndStart() throws Exception;

  /** One that {@code .ci/mysql-server.sh} started in a folder. */
  static ServerKill ofScript(Path folder) {
    return () -> {
      String pid = Files.readString(folder.resolve("run/mysqld.pid")).strip();
      String port = Files.readString(folder.resolve("run/port")).strip();
      run(new ProcessBuilder("kill", "-9", pid));
      TimeUnit.SECONDS.sleep(1);
      ProcessBuilder start =
          new ProcessBuilder("../../.ci/mysql-server.sh", "start", folder.toString(), port);
      start
          .environment()
          .put(
              "MYSQL_OPTS",
              "--log-bin --server-id=1 --sync-binlog=1 --innodb-flush-log-at-trx-commit=1");
      run(start);
    };
  }

  /**
   * One with a file that has its process's number.
   *
   * @param isUp asks whether it answers
   */
  static ServerKill ofProcess(Path pidFile, Check isUp) {
    return () -> {
      ProcessHandle process =
          ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip())).orElseThrow();
      List<String> line = new ArrayList<>(List.of(process.info().command().orElseThrow()));
      line.addAll(List.of(process.info().arguments().orElseThrow()));
      process.destroyForcibly();
      process.onExit().get(60, TimeUnit.SECONDS);
      Process again =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      long began = System.nanoTime();
      while (!isUp(isUp)) {
        if (!again.isAlive() || System.nanoTime() - began > 120_000_000_000L) {
          throw new IllegalStateException("the server did not start again: " + line);
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
    };
  }

  /** Asks a server. */
  interface Check {
    void ask() throws SQLException;
  }

  private static boolean isUp(Check check) {
    try {
      check.ask();
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  private static void run(ProcessBuilder builder) throws Exception {
    Process process =
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(builder.command() + " ended with " + process.exitValue());
    }
  }
}
