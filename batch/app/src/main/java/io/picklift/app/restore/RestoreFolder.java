package io.picklift.app.restore;

import io.picklift.app.source.SaveKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A folder that saves are restored into, one file for each. A file is written whole or not at all,
 * only its owner may read it, and a file that holds the BLOB already is left alone. For any thread.
 */
public final class RestoreFolder implements RestoredSaves.Sink {
  private final Path folder;
  private final FileAttribute<?>[] mode;
  private final AtomicLong skipped = new AtomicLong();

  /**
   * @param folder one that is there
   */
  public RestoreFolder(Path folder) {
    this.folder = folder;
    boolean isPosix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    mode =
        isPosix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
  }

  /** How many files held their BLOB already. */
  public long skipped() {
    return skipped.get();
  }

  /** Each save has a file of its own. */
  @Override
  public boolean isForAnyThread() {
    return true;
  }

  @Override
  public void save(SaveKey key, byte[] blob) throws IOException {
    String name = FileName.of(key);
    Path file = folder.resolve(name);
    try {
      if (holds(file, blob)) {
        skipped.incrementAndGet();
        return;
      }
      write(file, folder.resolve("." + name + ".part"), blob);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      // The system's own words for a full disk name no file.
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static boolean holds(Path file, byte[] blob) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Files.size(file) == blob.length
        && Arrays.equals(Files.readAllBytes(file), blob);
  }

  private void write(Path file, Path partial, byte[] blob) throws IOException {
    try {
      // What a killed restore left behind may be another's, or of another mode.
      Files.deleteIfExists(partial);
      try (var channel =
          Files.newByteChannel(
              partial, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode)) {
        var buffer = ByteBuffer.wrap(blob);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      }
      Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
