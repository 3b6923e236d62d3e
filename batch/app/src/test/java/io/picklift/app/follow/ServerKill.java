package io.picklift.app.follow;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Kills a server that {@code .ci/mysql-server.sh} started, and starts it again. */
final class ServerKill {
  private static final String OPTIONS =
      "--log-bin --server-id=1 --sync-binlog=1 --innodb-flush-log-at-trx-commit=1";

  private ServerKill() {}

  static void killAndStart(Path folder) throws Exception {
    String pid = Files.readString(folder.resolve("run/mysqld.pid")).strip();
    String port = Files.readString(folder.resolve("run/port")).strip();
    run(new ProcessBuilder("kill", "-9", pid));
    TimeUnit.SECONDS.sleep(1);
    ProcessBuilder start =
        new ProcessBuilder("../../.ci/mysql-server.sh", "start", folder.toString(), port);
    start.environment().put("MYSQL_OPTS", OPTIONS);
    run(start);
  }

  private static void run(ProcessBuilder builder) throws Exception {
    Process process =
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(builder.command() + " ended with " + process.exitValue());
    }
  }
}
