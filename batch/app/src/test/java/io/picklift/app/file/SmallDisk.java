package io.picklift.app.file;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A disk in memory that is small, and may be filled up. */
public final class SmallDisk implements AutoCloseable {
  private final Path folder;
  private final long bytes;

  private SmallDisk(Path folder, long bytes) {
    this.folder = folder;
    this.bytes = bytes;
  }

  /** Mounts one on a folder, which is made; null where nothing can be mounted. */
  public static @Nullable SmallDisk mount(Path folder, long bytes) throws IOException {
    Files.createDirectories(folder);
    boolean isMounted =
        run("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", folder.toString());
    return isMounted ? new SmallDisk(folder, bytes) : null;
  }

  public Path folder() {
    return folder;
  }

  private Path ballast() {
    return folder.resolve("ballast");
  }

  /** From now on there is room for so many bytes. */
  public void fill(long left) throws IOException {
    try (OutputStream out = Files.newOutputStream(ballast())) {
      byte[] block = new byte[1 << 16];
      for (long written = 0; written < bytes; written += block.length) {
        out.write(block);
      }
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).contains("No space")) {
        throw e;
      }
    }
    try (RandomAccessFile file = new RandomAccessFile(ballast().toFile(), "rw")) {
      file.setLength(Math.max(0, file.length() - left));
    }
  }

  /** There is room again. */
  public void empty() throws IOException {
    Files.deleteIfExists(ballast());
  }

  private static boolean run(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    boolean isGone = run("umount", "-l", folder.toString());
    if (!isGone) {
      throw new IOException(folder + " is not unmounted");
    }
  }
}
