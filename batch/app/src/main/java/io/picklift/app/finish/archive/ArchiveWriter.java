package io.picklift.app.finish.archive;

import io.picklift.app.finish.archive.Manifest.Member;
import io.picklift.app.finish.archive.Manifest.Sizes;
import io.picklift.app.source.Sha256;
import io.picklift.codec.Limits;
import io.picklift.schema.mapping.Mapping;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorOutputStream;

/** Writes an archive, save after save; its saves lie in members of some megabytes. */
public final class ArchiveWriter implements AutoCloseable {
  /** Of one member's lines, before they are compressed: this much is held in memory. */
  private static final int MOST_BYTES = 16 << 20;

  private static final int LEVEL = 3;

  private static final FileAttribute<?>[] OWNER_ALONE = {
    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
  };

  private final FileChannel channel;
  private final ZipArchiveOutputStream zip;
  private final SaveLines lines;
  private final ContentHash content = new ContentHash();
  private final List<Member> members = new ArrayList<>();
  private final ByteArrayOutputStream member = new ByteArrayOutputStream();
  private Sizes sizes = new Sizes(0, 0, 0);
  private int count;

  private ArchiveWriter(FileChannel channel, SaveLines lines) throws IOException {
    this.channel = channel;
    this.lines = lines;
    zip = new ZipArchiveOutputStream(channel);
  }

  /**
   * Begins one, that only its owner may read; a file that is there is overwritten.
   *
   * @param yaml the text of the mapping
   * @param written the same with the columns of adapters, in its canonical form
   * @param tables the SQL that makes the mapping's tables
   */
  public static ArchiveWriter create(
      Path file, Mapping mapping, String yaml, String written, String tables) throws IOException {
    // What a killed run left behind may be of another mode.
    Files.deleteIfExists(file);
    boolean isPosix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            isPosix ? OWNER_ALONE : new FileAttribute<?>[0]);
    ArchiveWriter writer = new ArchiveWriter(channel, new SaveLines(mapping, Limits.defaults()));
    writer.put(ArchiveReader.YAML, yaml.getBytes(StandardCharsets.UTF_8));
    writer.put(ArchiveReader.WRITTEN, written.getBytes(StandardCharsets.UTF_8));
    writer.put("tables.sql", tables.getBytes(StandardCharsets.UTF_8));
    return writer;
  }

  /** Adds a save. */
  public void add(KeptSave save) throws IOException {
    lines.write(save, member);
    sizes = sizes.plus(save);
    content.add(save, save.restoredSha256() == null ? "" : save.restoredSha256());
    if (member.size() > MOST_BYTES) {
      endMember();
    }
  }

  private void endMember() throws IOException {
    if (member.size() == 0) {
      return;
    }
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (ZstdCompressorOutputStream zstd =
        ZstdCompressorOutputStream.builder()
            .setOutputStream(compressed)
            .setLevel(LEVEL)
            .setChecksum(true)
            .get()) {
      member.writeTo(zstd);
    }
    member.reset();
    count++;
    put(
        String.format(Locale.ROOT, "%s%06d.ndjson.zst", ArchiveReader.SAVES, count),
        compressed.toByteArray());
  }

  /** Not compressed by the zip: members that are worth it are in zstd. */
  private void put(String name, byte[] bytes) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    ZipArchiveEntry entry = new ZipArchiveEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    entry.setTime(0);
    zip.putArchiveEntry(entry);
    zip.write(bytes);
    zip.closeArchiveEntry();
    members.add(new Member(name, HexFormat.of().formatHex(Sha256.of(bytes))));
  }

  /**
   * Ends it, and has the disk take it.
   *
   * @param made when its saves were read, in UTC
   */
  public Manifest finish(String source, List<String> key, String made) throws IOException {
    endMember();
    Manifest manifest = new Manifest(source, key, made, sizes, content.hex(), members);
    put(Manifest.NAME, manifest.bytes());
    zip.finish();
    channel.force(true);
    return manifest;
  }

  @Override
  public void close() throws IOException {
    zip.close();
    channel.close();
  }
}
