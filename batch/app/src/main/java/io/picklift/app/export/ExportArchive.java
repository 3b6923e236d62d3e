package io.picklift.app.export;

import io.picklift.app.file.WholeFile;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * An archive of one large file and some small ones. The large one is collected beside the archive
 * first, since a tar says how long a file is ahead of it. The archive comes into being whole or not
 * at all, and the same content gives the same bytes.
 */
public final class ExportArchive implements AutoCloseable {
  private final Path file;
  private final Path content;
  private final Path partial;
  private final Kind kind;
  private final String entry;
  private final OutputStream out;

  /** What the file's ending says. */
  public enum Kind {
    TAR(".tar"),
    TAR_GZ(".tar.gz"),
    TAR_ZST(".tar.zst"),
    ZIP(".zip");

    private final String ending;

    Kind(String ending) {
      this.ending = ending;
    }

    /** The kind that a file has by the ending of its name; null where there is none. */
    public static @Nullable Kind of(Path file) {
      String name = file.toString();
      for (Kind kind : values()) {
        if (name.endsWith(kind.ending)) {
          return kind;
        }
      }
      return name.endsWith(".tgz") ? TAR_GZ : null;
    }
  }

  private ExportArchive(Path file, Kind kind, String entry) throws IOException {
    this.file = file;
    this.kind = kind;
    this.entry = entry;
    String name = String.valueOf(file.getFileName());
    content = file.resolveSibling("." + name + ".content");
    partial = WholeFile.partial(file);
    out = new BufferedOutputStream(Files.newOutputStream(content), 1 << 16);
  }

  /**
   * Begins an archive.
   *
   * @param entry the name of the large file in it
   * @throws ConfigurationException if no file can be written there
   */
  public static ExportArchive create(Path file, Kind kind, String entry) {
    try {
      return new ExportArchive(file, kind, entry);
    } catch (IOException e) {
      throw new ConfigurationException("--out " + file + ": cannot be written: " + e.getMessage());
    }
  }

  /** Adds to the large file. */
  public void write(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  /** Makes the archive, the small files first. */
  public void finish(Map<String, String> small) throws IOException {
    out.close();
    try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(partial), 1 << 16)) {
      switch (kind) {
        case ZIP -> zip(to, small);
        case TAR -> tar(to, small);
        case TAR_GZ -> {
          GzipParameters parameters = new GzipParameters();
          parameters.setOperatingSystem(255);
          tar(new GzipCompressorOutputStream(to, parameters), small);
        }
        case TAR_ZST -> tar(new ZstdCompressorOutputStream(to), small);
      }
    }
    Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private void tar(OutputStream to, Map<String, String> small) throws IOException {
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(to, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      for (Map.Entry<String, String> one : small.entrySet()) {
        byte[] bytes = one.getValue().getBytes(StandardCharsets.UTF_8);
        put(tar, tarEntry(one.getKey(), bytes.length), bytes);
      }
      tar.putArchiveEntry(tarEntry(entry, Files.size(content)));
      Files.copy(content, tar);
      tar.closeArchiveEntry();
    }
  }

  private static TarArchiveEntry tarEntry(String name, long size) {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(size);
    entry.setModTime(0);
    entry.setIds(0, 0);
    return entry;
  }

  private void zip(OutputStream to, Map<String, String> small) throws IOException {
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(to)) {
      for (Map.Entry<String, String> one : small.entrySet()) {
        byte[] bytes = one.getValue().getBytes(StandardCharsets.UTF_8);
        put(zip, zipEntry(one.getKey()), bytes);
      }
      zip.putArchiveEntry(zipEntry(entry));
      Files.copy(content, zip);
      zip.closeArchiveEntry();
    }
  }

  private static ZipArchiveEntry zipEntry(String name) {
    ZipArchiveEntry entry = new ZipArchiveEntry(name);
    entry.setMethod(ZipEntry.DEFLATED);
    entry.setTime(0);
    return entry;
  }

  private static <E extends ArchiveEntry> void put(
      ArchiveOutputStream<E> archive, E entry, byte[] bytes) throws IOException {
    archive.putArchiveEntry(entry);
    archive.write(bytes);
    archive.closeArchiveEntry();
  }

  @Override
  public void close() throws IOException {
    out.close();
    Files.deleteIfExists(content);
    Files.deleteIfExists(partial);
  }
}
