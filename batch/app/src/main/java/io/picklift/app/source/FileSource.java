package io.picklift.app.source;

import io.picklift.app.input.FileKey;
import io.picklift.app.input.InputFiles;
import io.picklift.app.input.LeftOut;
import io.picklift.app.input.PickleFile;
import io.picklift.codec.Limits;
import io.picklift.schema.profile.OuterColumn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Saves in a folder or an archive; a save's key is its path there without a final {@code .pkl}. The
 * members of an archive are first copied into a folder of our own: an archive can only be read from
 * its beginning, and jobs read from several places at a time.
 */
public final class FileSource implements SaveSource {
  private final Path place;
  private final String label;
  private final TreeMap<String, Path> files = new TreeMap<>();

  /** Members of an archive that are longer than a save may be; of these there is no copy. */
  private final Map<String, LeftOut> leftOut = new HashMap<>();

  /** Where the members of an archive are copied to; null for a folder, whose files stay theirs. */
  private @Nullable Path copies;

  private FileSource(Path place, String label) {
    this.place = place;
    this.label = label;
  }

  /**
   * Opens a folder or an archive.
   *
   * @throws IOException if it cannot be read, or holds two saves of one key; the message is one
   *     line
   */
  public static FileSource open(Path path, Limits limits) throws IOException {
    return open(path, "files", limits);
  }

  /** Opens a folder or an archive that the ledger calls {@code label}. */
  static FileSource open(Path path, String label, Limits limits) throws IOException {
    FileSource source = new FileSource(path, label);
    boolean isOpen = false;
    try {
      if (Files.isDirectory(path)) {
        for (Path file : InputFiles.saves(path)) {
          String name = path.relativize(file).toString();
          source.add(FileKey.of(name), file);
        }
      } else {
        Path copies = Files.createTempDirectory("picklift-");
        source.copies = copies;
        new InputFiles(limits).visit(path, source.new Copier(copies));
      }
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

  private void add(String key, Path file) throws IOException {
    if (files.put(key, file) != null) {
      throw new IOException(
          place + " holds two saves of the key '" + key + "': a final .pkl is no part of a key");
    }
  }

  private final class Copier implements InputFiles.Visitor {
    private final Path folder;

    Copier(Path folder) {
      this.folder = folder;
    }

    @Override
    public void pickle(PickleFile file) throws IOException {
      Path copy = folder.resolve(Integer.toString(files.size()));
      add(file.key(), copy);
      Files.write(copy, file.bytes());
    }

    @Override
    public void tooLong(String label, String key, LeftOut described) throws IOException {
      add(key, Files.createFile(folder.resolve(Integer.toString(files.size()))));
      leftOut.put(key, described);
    }

    @Override
    public void unreadable(String label, String reason) {
      throw new UncheckedIOException(label + ": " + reason, new IOException(reason));
    }
  }

  @Override
  public String name() {
    return label;
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

  @Override
  public List<SaveKey> keysAfter(@Nullable SaveKey after, long skip, int limit) {
    return page(after, null, Math.toIntExact(skip) + limit, false).stream()
        .skip(skip)
        .map(KeyState::key)
        .toList();
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
      LeftOut tooLong = leftOut.get(file.getKey());
      byte[] bytes = versions && tooLong == null ? bytes(file.getValue()) : null;
      if (versions && tooLong == null && bytes == null) {
        continue;
      }
      String version =
          bytes != null
              ? HexFormat.of().formatHex(Sha256.of(bytes))
              : versions && tooLong != null ? tooLong.sha256() : null;
      page.add(new KeyState(key(file.getKey()), version));
    }
    return page;
  }

  @Override
  public List<OuterColumn> outerColumns() {
    return List.of(new OuterColumn("name", "varchar(400)", "utf8mb4_bin", true));
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
    List<SourceRow> rows = new ArrayList<>();
    for (SaveKey key : keys) {
      Path file = files.get(key.text());
      LeftOut tooLong = leftOut.get(key.text());
      byte[] bytes = file == null ? null : bytes(file);
      if (tooLong != null) {
        rows.add(described(key, tooLong));
      } else if (bytes != null) {
        rows.add(new SourceRow(key, bytes, null, Map.of(), null));
      }
    }
    return rows;
  }

  @Override
  public List<SourceRow> describe(List<SaveKey> keys) {
    List<SourceRow> rows = new ArrayList<>();
    for (SaveKey key : keys) {
      LeftOut described = described(key);
      if (described != null) {
        rows.add(described(key, described));
      }
    }
    return rows;
  }

  private static SourceRow described(SaveKey key, LeftOut what) {
    return new SourceRow(key, null, null, Map.of(), null, CarriedColumns.NOTHING, what);
  }

  /** What a file is; null where it is gone. */
  private @Nullable LeftOut described(SaveKey key) {
    LeftOut tooLong = leftOut.get(key.text());
    Path file = files.get(key.text());
    if (tooLong != null || file == null) {
      return tooLong;
    }
    try {
      return new LeftOut(Files.size(file), HexFormat.of().formatHex(Sha256.of(file)));
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static long size(@Nullable Path file) {
    try {
      return file == null ? 0 : Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** A file's content; null where it is gone since, as a row of a table may be. */
  private static byte @Nullable [] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static UncheckedIOException unreadable(@Nullable Path file, IOException e) {
    return new UncheckedIOException(file + ": " + InputFiles.reason(e), e);
  }

  @Override
  public Map<SaveKey, Boolean> present(Collection<SaveKey> keys) {
    Map<SaveKey, Boolean> present = new HashMap<>();
    for (SaveKey key : keys) {
      Path file = files.get(key.text());
      if (file != null && Files.exists(file)) {
        present.put(key, true);
      }
    }
    return present;
  }

  @Override
  public boolean isKey(SaveKey key) {
    return true;
  }

  @Override
  public Map<SaveKey, String> hashes(List<SaveKey> keys) {
    Map<SaveKey, String> hashes = new HashMap<>();
    for (SaveKey key : present(keys).keySet()) {
      LeftOut described = described(key);
      if (described != null) {
        hashes.put(key, described.sha256());
      }
    }
    return hashes;
  }

  @Override
  public SourceIdentity identity() {
    return new SourceIdentity("files", place.toAbsolutePath().normalize().toString(), "");
  }

  @Override
  public boolean hasTransactions(String gtids) {
    return false;
  }

  @Override
  public @Nullable String newestWatermark() {
    return null;
  }

  @Override
  public void close() {
    Path folder = copies;
    if (folder == null) {
      return;
    }
    try {
      for (Path copy : files.values()) {
        Files.deleteIfExists(copy);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // A temporary folder that stays does no harm.
      org.slf4j.LoggerFactory.getLogger(FileSource.class)
          .warn("{} was not deleted: {}", folder, e.getMessage());
    }
  }
}
