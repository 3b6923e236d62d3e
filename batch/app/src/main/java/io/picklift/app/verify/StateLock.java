package io.picklift.app.verify;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two verifications from keeping how far they are in one file. Held by the process: one that
 * is killed leaves a file behind, and no lock.
 */
final class StateLock implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;

  private StateLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock of a state file.
   *
   * @throws IOException where another verification has it
   */
  static StateLock take(Path state) throws IOException {
    Path file = state.resolveSibling(state.getFileName() + ".lock");
    StateLock lock = null;
    while (lock == null) {
      lock = locked(file, state);
    }
    return lock;
  }

  /**
   * Opens the file and locks it; null where it is not the file of this name any more. Whoever had
   * the lock may have deleted the file between the two, and a third may have made another: both
   * would hold a lock.
   */
  private static @Nullable StateLock locked(Path file, Path state) throws IOException {
    boolean isKept = false;
    FileChannel channel = null;
    create(file);
    try {
      Object before = identity(file);
      channel = FileChannel.open(file, StandardOpenOption.WRITE);
      if (tried(channel) == null) {
        throw new IOException(
            "another verify is running and keeps its progress in "
                + state
                + ": wait for it, or give this one its own folder with --report");
      }
      isKept = Objects.equals(before, identity(file));
      return isKept ? new StateLock(file, channel) : null;
    } catch (NoSuchFileException e) {
      // Deleted since by whoever had the lock.
      return null;
    } finally {
      if (!isKept && channel != null) {
        channel.close();
      }
    }
  }

  private static void create(Path file) throws IOException {
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      // Left behind by one that was killed, or held.
      return;
    }
  }

  /** What tells a file from another of its name; null on systems that have no such thing. */
  private static @Nullable Object identity(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  private static @Nullable FileLock tried(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Another verification of this process.
      return null;
    }
  }

  /** The lock ends with its file, which nobody needs. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
    channel.close();
  }
}
