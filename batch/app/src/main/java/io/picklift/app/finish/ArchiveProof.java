package io.picklift.app.finish;

import io.picklift.app.file.WholeFile;
import io.picklift.app.finish.archive.ArchiveReader;
import io.picklift.app.finish.archive.ArchivedBlobs;
import io.picklift.app.finish.archive.ContentHash;
import io.picklift.app.finish.archive.KeptSave;
import io.picklift.app.rebuild.RebuildException;
import io.picklift.app.source.Sha256;
import io.picklift.codec.Limits;
import io.picklift.codec.error.LimitException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Reads an archive back as a restore will, and restores every save. */
final class ArchiveProof {
  private ArchiveProof() {}

  /**
   * Proves that an archive gives what was exported.
   *
   * @param content the hash of all that was exported
   * @throws IOException if it does not; the message names the file
   */
  static void check(Path file, String content, Limits limits, Runnable between) throws IOException {
    ContentHash found = new ContentHash();
    try (ArchiveReader archive = ArchiveReader.open(file, limits)) {
      ArchivedBlobs blobs = new ArchivedBlobs(archive.mapping(), limits);
      archive.<IOException>read(
          save -> {
            between.run();
            found.add(save, restored(file, blobs, save));
          });
    } catch (LimitException e) {
      throw new IOException(file + ": " + e.reason(), e);
    }
    if (!found.hex().equals(content)) {
      throw new IOException(file + ": read back, it does not give what was written");
    }
  }

  private static String restored(Path file, ArchivedBlobs blobs, KeptSave save) throws IOException {
    ArchivedBlobs.Made made;
    try {
      made = blobs.make(save);
    } catch (RebuildException e) {
      throw new IOException(
          file + ": read back, it does not give the save " + save.key() + ": " + e.getMessage(), e);
    }
    return made == null ? "" : HexFormat.of().formatHex(Sha256.of(made.blob()));
  }

  /** The SHA-256 of a file, in lower-case hex. */
  static String sha256(Path file) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      long unused = in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Gives a file that is on the disk its name there. */
  static void name(Path partial, Path file) throws IOException {
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    Path folder = file.toAbsolutePath().getParent();
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Where a file is written until it is whole. */
  static Path partial(Path file) {
    return WholeFile.partial(file);
  }
}
