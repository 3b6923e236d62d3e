package io.picklift.app.demo;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder that one demo at a time works in. Files that a killed demo left are deleted. */
final class DemoFolder implements AutoCloseable {
  private final Path folder;
  private final FileChannel lock;

  private DemoFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  static DemoFolder open(Path given) throws DemoException {
    Path folder = given.toAbsolutePath().normalize();
    try {
      Files.createDirectories(folder);
      DemoFolder opened = new DemoFolder(folder, lock(folder));
      opened.clear();
      return opened;
    } catch (IOException e) {
      throw new DemoException("the folder " + folder + " cannot be used: " + e, e);
    }
  }

  private static FileChannel lock(Path folder) throws IOException, DemoException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    @Nullable FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      throw new DemoException(
          "another demo runs in " + folder + "; take another folder with --dir");
    }
    return channel;
  }

  Path path() {
    return folder;
  }

  /** The database's files. Not under java.io.tmpdir unless the user puts it there. */
  Path data() {
    return folder.resolve("data");
  }

  Path temporary() {
    return folder.resolve("tmp");
  }

  /** Where the database enters its process. */
  Path pidFile() {
    return folder.resolve("mariadb.pid");
  }

  Path report() {
    return folder.resolve("report");
  }

  Path config() {
    return folder.resolve("picklift.yaml");
  }

  Path mapping() {
    return folder.resolve("mapping.yaml");
  }

  /** Deletes the database, if it is stopped; the report and the configuration stay. */
  void clear() throws IOException, DemoException {
    stopLeftover();
    delete(data());
    delete(temporary());
    Files.deleteIfExists(pidFile());
  }

  private void stopLeftover() throws IOException, DemoException {
    if (!Files.exists(pidFile())) {
      return;
    }
    String pid = Files.readString(pidFile()).strip();
    ProcessHandle process =
        pid.matches("[0-9]{1,18}") ? ProcessHandle.of(Long.parseLong(pid)).orElse(null) : null;
    if (process == null || !isOurs(process)) {
      return;
    }
    process.destroy();
    try {
      process.onExit().get(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new DemoException(
          "the database of an earlier demo does not stop: process " + process.pid(), e);
    }
  }

  /** The pid may long be somebody else's. */
  private boolean isOurs(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains(data().toString());
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
