package io.picklift.app.source;

import io.picklift.codec.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Saves in a folder or an archive; a save's key is its name there. They are first copied into a
 * folder of our own: an archive can only be read from its beginning, and jobs read from several
 * places at a time.
 */
public final class FileSource implements SaveSource {
  private final Path copies;
  private final TreeMap<String, Path> files = new TreeMap<>();

  private FileSource(Path copies) {
    this.copies = copies;
  }

  /**
   * Opens a folder or an archive.
   *
   * @throws IOException if it cannot be read, or holds two saves of one name; the message is one
   *     line
   */
  public static FileSource open(Path path, Limits limits) throws IOException {
    FileSource source = new FileSource(Files.createTempDirectory("picklift-"));
    boolean isOpen = false;
    try {
      new InputFiles(limits).visit(path, source.new Copier(path));
      isOpen = true;
      return source;
    } catch (UncheckedIOException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    } finally {
      if (!isOpen) {
        source.close();
      }
    }
  }

  private final class Copier implements InputFiles.Visitor {
    private final Path path;

    Copier(Path path) {
      this.path = path;
    }

    @Override
    public void pickle(PickleFile file) throws IOException {
      String name =
          file.label().startsWith(path + "!")
              ? file.label().substring((path + "!").length())
              : file.name();
      Path copy = copies.resolve(Integer.toString(files.size()));
      if (files.put(name, copy) != null) {
        throw new IOException(path + " holds two saves of the name " + name);
      }
      Files.write(copy, file.bytes());
    }

    @Override
    public void unreadable(String label, String reason) {
      throw new UncheckedIOException(new IOException(label + ": " + reason));
    }
  }

  @Override
  public String name() {
    return "files";
  }

  @Override
  public int keyColumns() {
    return 1;
  }

  @Override
  public long count() {
    return files.size();
  }

  @Override
  public @Nullable SaveKey keyAt(long index) {
    return files.keySet().stream().skip(index).findFirst().map(FileSource::key).orElse(null);
  }

  private static SaveKey key(String name) {
    return new SaveKey(List.of(name));
  }

  @Override
  public List<KeyState> page(
      @Nullable SaveKey after, @Nullable SaveKey upTo, int limit, boolean versions) {
    List<KeyState> page = new ArrayList<>();
    for (Map.Entry<String, Path> file :
        (after == null ? files : files.tailMap(after.text(), false)).entrySet()) {
      boolean isBeyond = upTo != null && file.getKey().compareTo(upTo.text()) > 0;
      if (isBeyond || page.size() == limit) {
        break;
      }
      String version =
          versions ? HexFormat.of().formatHex(Sha256.of(bytes(file.getValue()))) : null;
      page.add(new KeyState(key(file.getKey()), version));
    }
    return page;
  }

  @Override
  public boolean hasWatermark() {
    return false;
  }

  @Override
  public List<Long> sizes(List<SaveKey> keys) {
    return keys.stream().map(key -> size(files.get(key.text()))).toList();
  }

  @Override
  public List<SourceRow> read(List<SaveKey> keys, boolean copiesToo) {
    return keys.stream()
        .map(key -> new SourceRow(key, bytes(files.get(key.text())), null, Map.of(), null))
        .toList();
  }

  private static long size(@Nullable Path file) {
    try {
      return file == null ? 0 : Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(@Nullable Path file) {
    try {
      return file == null ? new byte[0] : Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<SaveKey> present(Collection<SaveKey> keys) {
    return keys.stream().filter(key -> files.containsKey(key.text())).toList();
  }

  @Override
  public void close() {
    try {
      for (Path copy : files.values()) {
        Files.deleteIfExists(copy);
      }
      Files.deleteIfExists(copies);
    } catch (IOException e) {
      // A temporary folder that stays does no harm.
      org.slf4j.LoggerFactory.getLogger(FileSource.class)
          .warn("{} was not deleted: {}", copies, e.getMessage());
    }
  }
}
