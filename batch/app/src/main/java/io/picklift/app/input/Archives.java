package io.picklift.app.input;

import io.picklift.app.encoding.compressed.Compressions;
import io.picklift.app.encoding.format.ByteLiterals;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZFile;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** Reads tar, also compressed, zip and 7z, told by their content and never by their name. */
final class Archives {
  private static final byte[] SEVEN_Z = {'7', 'z', (byte) 0xbc, (byte) 0xaf, 0x27, 0x1c};

  /** Where a tar says "ustar". */
  private static final int TAR_MAGIC_AT = 257;

  private static final byte[] TAR_MAGIC = {'u', 's', 't', 'a', 'r'};
  private static final int HEAD = 512;

  private Archives() {}

  /** Is told of each member that is a file, in the archive's order. */
  interface Members<E extends Exception> {
    /**
     * One member.
     *
     * @param in its content; belongs to the archive, which closes it
     */
    void member(String path, InputStream in) throws IOException, E;
  }

  /**
   * Reads the members of an archive.
   *
   * @return false where the file is no archive
   */
  static <E extends Exception> boolean read(Path file, Members<E> members) throws IOException, E {
    byte[] head = head(Files.newInputStream(file));
    if (Compressions.isZip(head)) {
      zip(file, members);
    } else if (ByteLiterals.startsWith(head, 0, SEVEN_Z)) {
      sevenZ(file, members);
    } else if (ByteLiterals.startsWith(tarHead(file, head), TAR_MAGIC_AT, TAR_MAGIC)) {
      tar(file, members);
    } else {
      return false;
    }
    return true;
  }

  private static <E extends Exception> void zip(Path file, Members<E> members)
      throws IOException, E {
    try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
      for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
        if (!entry.isDirectory()) {
          try (InputStream in = zip.getInputStream(entry)) {
            members.member(entry.getName(), in);
          }
        }
      }
    }
  }

  private static <E extends Exception> void sevenZ(Path file, Members<E> members)
      throws IOException, E {
    try (SevenZFile archive =
        SevenZFile.builder().setPath(file).setMaxMemoryLimitKiB(Compressions.MEMORY_KIB).get()) {
      for (SevenZArchiveEntry e = archive.getNextEntry(); e != null; e = archive.getNextEntry()) {
        if (!e.isDirectory()) {
          members.member(e.getName(), archive.getInputStream(e));
        }
      }
    }
  }

  private static <E extends Exception> void tar(Path file, Members<E> members)
      throws IOException, E {
    try (TarArchiveInputStream tar = new TarArchiveInputStream(decompressed(file))) {
      for (ArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
        if (!e.isDirectory()) {
          members.member(e.getName(), tar);
        }
      }
    }
  }

  private static byte[] tarHead(Path file, byte[] head) {
    try {
      return head(decompressed(file));
    } catch (IOException | RuntimeException e) {
      // Damaged, or no compressed file at all: then it is no tar, and the decoder will say what is
      // wrong with it.
      return head;
    }
  }

  private static byte[] head(InputStream in) throws IOException {
    try (in) {
      return in.readNBytes(HEAD);
    }
  }

  private static InputStream decompressed(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file));
    InputStream opened = Compressions.open(in);
    return opened == null ? in : opened;
  }
}
