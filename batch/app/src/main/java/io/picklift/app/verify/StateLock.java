package io.picklift.app.verify;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tried(channel) == null) {
      channel.close();
      throw new IOException(
          "another verify is under way and keeps in "
              + state
              + " how far it is: wait for it, or give this one a folder of its own with --report");
    }
    return new StateLock(file, channel);
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
