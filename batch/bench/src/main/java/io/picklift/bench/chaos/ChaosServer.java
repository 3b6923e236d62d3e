package io.picklift.bench.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The server under test: a MySQL of the harness's own by {@code .ci/mysql-server.sh}, whose files
 * are on a small disk in memory where one can be mounted; or one that is given by its address,
 * which is not killed and whose disk is not filled.
 */
final class ChaosServer implements AutoCloseable {
  private static final String SCRIPT = ".ci/mysql-server.sh";
  private static final int DISK_MB = 1_200;
  private static final int BLOCK = 1 << 20;

  private final @Nullable Path folder;
  private final int port;
  private final boolean isSmall;
  private boolean isFull;

  private ChaosServer(@Nullable Path folder, int port, boolean isSmall) {
    this.folder = folder;
    this.port = port;
    this.isSmall = isSmall;
  }

  /** A server that runs at 127.0.0.1 with the account test/test. */
  static ChaosServer given(int port) {
    return new ChaosServer(null, port, false);
  }

  /**
   * Starts a server.
   *
   * @param installed where {@code mysql-server.sh} installed one
   */
  static ChaosServer start(Path installed, Path folder, int port)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    run(List.of("umount", folder.toString()), Map.of());
    boolean isSmall =
        run(
                List.of(
                    "mount", "-t", "tmpfs", "-o", "size=" + DISK_MB + "m", "tmpfs", "" + folder),
                Map.of())
            == 0;
    link(folder.resolve("root"), installed.resolve("root"));
    link(folder.resolve("installed"), installed.resolve("installed"));
    ChaosServer server = new ChaosServer(folder, port, isSmall);
    server.up();
    return server;
  }

  private static void link(Path link, Path to) throws IOException {
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, to.toAbsolutePath());
  }

  int port() {
    return port;
  }

  boolean isOwn() {
    return folder != null;
  }

  /** Whether its disk may be filled. */
  boolean isSmall() {
    return isSmall;
  }

  private void up() throws IOException, InterruptedException {
    Path own = Objects.requireNonNull(folder);
    String options =
        "--local-infile=ON --innodb-redo-log-capacity=64M --innodb-buffer-pool-size=96M"
            + " --innodb-lock-wait-timeout=2";
    int status =
        run(List.of(SCRIPT, "start", own.toString(), "" + port), Map.of("MYSQL_OPTS", options));
    if (status != 0) {
      throw new IOException("the server does not start; see " + own.resolve("run/mysqld.log"));
    }
  }

  /**
   * Starts it again where it is down, and not before its disk has room: a MySQL that recovers on a
   * full disk hangs, and goes on hanging when there is room again.
   */
  synchronized void revive() throws IOException, InterruptedException {
    while (isFull) {
      wait();
    }
    if (folder != null && run(List.of(SCRIPT, "status", folder.toString()), Map.of()) != 0) {
      up();
    }
  }

  /** SIGKILL. */
  synchronized void kill() throws IOException, InterruptedException {
    Path pid = Objects.requireNonNull(folder).resolve("run/mysqld.pid");
    if (Files.exists(pid)) {
      long number = Long.parseLong(Files.readString(pid).strip());
      ProcessHandle.of(number).ifPresent(ProcessHandle::destroyForcibly);
      // It is not a child: wait until it is gone.
      while (Files.isDirectory(Path.of("/proc/" + number))) {
        Thread.sleep(20);
      }
    }
  }

  /** Takes all room that is left on its disk. */
  void fill() throws IOException {
    full(true);
    try (OutputStream ballast = Files.newOutputStream(ballast())) {
      byte[] block = new byte[BLOCK];
      while (true) {
        ballast.write(block);
      }
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).contains("No space")) {
        throw e;
      }
    }
  }

  /** Gives the room back. */
  void empty() throws IOException {
    Files.deleteIfExists(ballast());
    full(false);
  }

  private synchronized void full(boolean is) {
    isFull = is;
    notifyAll();
  }

  private Path ballast() {
    return Objects.requireNonNull(folder).resolve("ballast");
  }

  private static int run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      return -1;
    }
    return process.exitValue();
  }

  /** A connection to a schema, past the proxy. */
  Connection connect(String schema) throws SQLException {
    String url =
        "jdbc:mysql://127.0.0.1:%d/%s?sslMode=DISABLED&allowPublicKeyRetrieval=true"
            .formatted(port, schema);
    return DriverManager.getConnection(url, "test", "test");
  }

  void execute(String schema, String... statements) throws SQLException {
    try (Connection connection = connect(schema);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The rows of a query, their values as text with a bar between. */
  List<String> lines(String schema, String sql) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Connection connection = connect(schema);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      int columns = row.getMetaData().getColumnCount();
      while (row.next()) {
        StringBuilder line = new StringBuilder();
        for (int i = 1; i <= columns; i++) {
          line.append(i == 1 ? "" : "|").append(row.getString(i));
        }
        lines.add(line.toString());
      }
    }
    return lines;
  }

  @Override
  public void close() throws IOException {
    if (folder == null) {
      return;
    }
    try {
      run(List.of(SCRIPT, "stop", folder.toString()), Map.of());
      if (isSmall) {
        run(List.of("umount", folder.toString()), Map.of());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
