package io.picklift.app.source;

import io.picklift.app.encoding.Decompressors;
import io.picklift.app.encoding.Encoding;
import io.picklift.app.encoding.Signatures;
import io.picklift.codec.Limits;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZFile;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * The pickles that a path stands for: the file itself; each {@code *.pkl} in a folder; what is
 * inside an archive (tar, also compressed, zip, 7z). An archive is told by its content, never by
 * its name.
 */
public final class InputFiles {
  private static final byte[] SEVEN_Z = {'7', 'z', (byte) 0xbc, (byte) 0xaf, 0x27, 0x1c};

  /** Where a tar says "ustar". */
  private static final int TAR_MAGIC_AT = 257;

  private static final byte[] TAR_MAGIC = {'u', 's', 't', 'a', 'r'};
  private static final int HEAD = 512;

  private final Limits limits;

  public InputFiles(Limits limits) {
    this.limits = limits;
  }

  /** Is told of each pickle, in order, and of what could not be read while the others still can. */
  public interface Visitor {
    void pickle(PickleFile file) throws IOException;

    void unreadable(String label, String reason);
  }

  /**
   * Visits what {@code path} stands for.
   *
   * @throws IOException what the visitor threw
   */
  public void visit(Path path, Visitor visitor) throws IOException {
    if (!Files.isDirectory(path)) {
      visitFile(path, visitor);
      return;
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(path)) {
      files =
          all.filter(
                  file ->
                      file.getFileName().toString().endsWith(".pkl") && !Files.isDirectory(file))
              .sorted()
              .toList();
    }
    for (Path file : files) {
      visitFile(file, visitor);
    }
  }

  private void visitFile(Path file, Visitor visitor) throws IOException {
    Entries entries = new Entries(file.toString(), visitor);
    try {
      byte[] head = head(Files.newInputStream(file));
      if (Signatures.of(head) == Encoding.ZIP) {
        zip(file, entries);
      } else if (Signatures.startsWith(head, 0, SEVEN_Z)) {
        sevenZ(file, entries);
      } else if (isTar(tarHead(file, head))) {
        tar(file, entries);
      } else {
        entries.whole(file);
      }
    } catch (VisitorException e) {
      throw e.thrown;
    } catch (IOException | RuntimeException e) {
      // Readers of damaged archives throw about anything.
      visitor.unreadable(file.toString(), reason(e));
    }
  }

  private static String reason(Exception e) {
    if (e instanceof java.nio.file.AccessDeniedException) {
      return "no permission to read it";
    }
    String message = e.getMessage();
    return "cannot be read"
        + (message == null ? "" : ": " + message.lines().findFirst().orElse(""));
  }

  private static void zip(Path file, Entries entries) throws IOException, VisitorException {
    try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
      for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
        if (!entry.isDirectory()) {
          try (InputStream in = zip.getInputStream(entry)) {
            entries.entry(entry.getName(), in);
          }
        }
      }
    }
  }

  private static void sevenZ(Path file, Entries entries) throws IOException, VisitorException {
    try (SevenZFile archive =
        SevenZFile.builder().setPath(file).setMaxMemoryLimitKiB(Decompressors.MEMORY_KIB).get()) {
      for (SevenZArchiveEntry e = archive.getNextEntry(); e != null; e = archive.getNextEntry()) {
        if (!e.isDirectory()) {
          entries.entry(e.getName(), archive.getInputStream(e));
        }
      }
    }
  }

  private static void tar(Path file, Entries entries) throws IOException, VisitorException {
    try (TarArchiveInputStream tar = new TarArchiveInputStream(decompressed(file))) {
      for (ArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
        if (!e.isDirectory()) {
          entries.entry(e.getName(), tar);
        }
      }
    }
  }

  private static byte[] tarHead(Path file, byte[] head) {
    try {
      return Signatures.of(head) == null ? head : head(decompressed(file));
    } catch (IOException | RuntimeException e) {
      // Damaged, or no compressed file at all: then it is no tar, and the decoder will say what is
      // wrong with it.
      return head;
    }
  }

  private static boolean isTar(byte[] head) {
    return Signatures.startsWith(head, TAR_MAGIC_AT, TAR_MAGIC);
  }

  private static byte[] head(InputStream in) throws IOException {
    try (in) {
      return in.readNBytes(HEAD);
    }
  }

  private static InputStream decompressed(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file));
    in.mark(HEAD);
    Encoding encoding = Signatures.of(in.readNBytes(HEAD));
    in.reset();
    if (encoding == null) {
      return in;
    }
    return switch (encoding) {
      case GZIP, ZSTD, XZ, BZIP2 -> Decompressors.open(encoding, in);
      default -> in;
    };
  }

  /** What a visitor threw, told apart from what reading threw. */
  private static final class VisitorException extends Exception {
    private static final long serialVersionUID = 1L;
    final IOException thrown;

    VisitorException(IOException thrown) {
      super(thrown);
      this.thrown = thrown;
    }
  }

  private final class Entries {
    private final String container;
    private final Visitor visitor;

    Entries(String container, Visitor visitor) {
      this.container = container;
      this.visitor = visitor;
    }

    void whole(Path file) throws IOException, VisitorException {
      try (InputStream in = Files.newInputStream(file)) {
        read(container, file.getFileName().toString(), in);
      }
    }

    void entry(String name, InputStream in) throws IOException, VisitorException {
      // Only the last part of the name: an entry called ../../x must not leave the output folder.
      String plain = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
      read(container + "!" + name, plain, in);
    }

    private void read(String label, String name, InputStream in)
        throws IOException, VisitorException {
      int most = (int) Math.min(limits.bytes(), Integer.MAX_VALUE - 16);
      byte[] bytes = in.readNBytes(most);
      if (bytes.length == most && in.read() >= 0) {
        visitor.unreadable(label, "more than the limit bytes of " + limits.bytes());
        return;
      }
      try {
        visitor.pickle(new PickleFile(label, name, bytes));
      } catch (IOException e) {
        throw new VisitorException(e);
      }
    }
  }
}
