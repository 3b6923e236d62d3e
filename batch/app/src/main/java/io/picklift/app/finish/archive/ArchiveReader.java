package io.picklift.app.finish.archive;

import io.picklift.app.finish.archive.Manifest.Member;
import io.picklift.app.source.Sha256;
import io.picklift.codec.Limits;
import io.picklift.codec.error.LimitException;
import io.picklift.schema.evolve.FormerMapping;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;

/** Reads an archive; each member is checked against the hash that the manifest has of it. */
public final class ArchiveReader implements AutoCloseable {
  static final String YAML = "mapping.yaml";
  static final String WRITTEN = "mapping.written";
  static final String SAVES = "saves/";

  private final ZipFile zip;
  private final Manifest manifest;
  private final Mapping mapping;
  private final String yaml;
  private final SaveLines lines;

  /**
   * Is told of each save, in the archive's order.
   *
   * @param <E> what it throws besides {@link IOException}
   */
  public interface Saves<E extends Exception> {
    void save(KeptSave save) throws E, IOException;
  }

  private ArchiveReader(ZipFile zip, Limits limits) throws IOException {
    this.zip = zip;
    manifest = Manifest.of(bytes(Manifest.NAME));
    yaml = new String(checked(YAML), StandardCharsets.UTF_8);
    String written = new String(checked(WRITTEN), StandardCharsets.UTF_8);
    try {
      mapping = FormerMapping.parse("the archive's mapping", yaml, written);
    } catch (ConfigurationException e) {
      throw new IOException(e.getMessage(), e);
    }
    lines = new SaveLines(mapping, limits);
  }

  /**
   * Opens one.
   *
   * @param limits of each save
   * @throws IOException if it is none, or damaged; the message names the file
   */
  public static ArchiveReader open(Path file, Limits limits) throws IOException {
    ZipFile zip;
    try {
      zip = ZipFile.builder().setPath(file).get();
    } catch (IOException e) {
      throw named(file, e);
    }
    boolean isOpen = false;
    try {
      ArchiveReader reader = new ArchiveReader(zip, limits);
      isOpen = true;
      return reader;
    } catch (IOException e) {
      throw named(file, e);
    } finally {
      if (!isOpen) {
        zip.close();
      }
    }
  }

  private static IOException named(Path file, IOException e) {
    return new IOException(file + ": is no archive of finish, or damaged: " + e.getMessage(), e);
  }

  public Manifest manifest() {
    return manifest;
  }

  public Mapping mapping() {
    return mapping;
  }

  /** The text of the mapping. */
  public String yaml() {
    return yaml;
  }

  /**
   * Reads all saves.
   *
   * @throws IOException if a member is damaged, or is not there
   */
  public <E extends Exception> void read(Saves<E> saves) throws E, IOException, LimitException {
    for (Member member : manifest.members()) {
      if (!member.name().startsWith(SAVES)) {
        continue;
      }
      byte[] text = unpacked(checked(member));
      int begin = 0;
      for (int at = 0; at < text.length; at++) {
        if (text[at] == '\n') {
          saves.save(lines.read(text, begin, at - begin));
          begin = at + 1;
        }
      }
      if (begin < text.length) {
        throw new IOException(member.name() + " ends within a line");
      }
    }
  }

  private static byte[] unpacked(byte[] bytes) throws IOException {
    try (InputStream in = new ZstdCompressorInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    }
  }

  private byte[] checked(String name) throws IOException {
    for (Member member : manifest.members()) {
      if (member.name().equals(name)) {
        return checked(member);
      }
    }
    throw new IOException("it lacks " + name);
  }

  private byte[] checked(Member member) throws IOException {
    byte[] bytes = bytes(member.name());
    if (!HexFormat.of().formatHex(Sha256.of(bytes)).equals(member.sha256())) {
      throw new IOException(member.name() + " is not what was written");
    }
    return bytes;
  }

  private byte[] bytes(String name) throws IOException {
    ZipArchiveEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException("it lacks " + name);
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
