package io.picklift.app.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.picklift.app.report.SaveResult;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a verification has found so far, in a file: a line a batch, in the order of the keys. One
 * that was killed goes on after its last whole line. For one thread.
 */
final class VerifyJournal implements AutoCloseable {
  static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private final @Nullable Path file;
  private final @Nullable StateLock lock;
  private final BufferedWriter out;
  private final List<Batch> before;

  /** What the first line says: a journal of anything else is begun anew. */
  private record Header(int version, String about) {}

  /**
   * One batch.
   *
   * @param last the last key that it covers
   * @param rows how many rows it covers
   * @param equal keys of saves that are equal, with nothing to say
   * @param results of the others
   */
  record Batch(String last, long rows, List<String> equal, List<SaveResult> results) {
    static Batch of(String last, long rows, List<SaveResult> all) {
      return new Batch(
          last,
          rows,
          all.stream().filter(Batch::isPlain).map(SaveResult::key).toList(),
          all.stream().filter(result -> !isPlain(result)).toList());
    }

    /** A save that the tables own has nothing to say either, and is none of the equal ones. */
    private static boolean isPlain(SaveResult result) {
      return result.isClean() && result.status() == SaveResult.Status.EQUAL;
    }

    /** All of them. */
    List<SaveResult> all() {
      List<SaveResult> all = new ArrayList<>(results);
      for (String key : equal) {
        all.add(new SaveResult(key, SaveResult.Status.EQUAL, "", List.of()));
      }
      return all;
    }
  }

  private VerifyJournal(
      @Nullable Path file, @Nullable StateLock lock, BufferedWriter out, List<Batch> before) {
    this.file = file;
    this.lock = lock;
    this.out = out;
    this.before = before;
  }

  /**
   * Opens a journal, to go on with it where it is about the same.
   *
   * @param file null to keep nothing
   * @param about source, target and whatever else has to be the same
   * @throws IOException also where another verification keeps one there
   */
  static VerifyJournal open(@Nullable Path file, String about) throws IOException {
    if (file == null) {
      return new VerifyJournal(null, null, new BufferedWriter(Writer.nullWriter()), List.of());
    }
    StateLock lock = StateLock.take(file);
    boolean isOpen = false;
    try {
      VerifyJournal journal = open(file, lock, about);
      isOpen = true;
      return journal;
    } finally {
      if (!isOpen) {
        lock.close();
      }
    }
  }

  private static VerifyJournal open(Path file, StateLock lock, String about) throws IOException {
    try {
      return begun(file, lock, about);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      throw named(file, e);
    }
  }

  /** The system's own words for a full disk name no file. */
  private static IOException named(Path file, IOException e) {
    return new IOException(file + ": " + e.getMessage(), e);
  }

  private static VerifyJournal begun(Path file, StateLock lock, String about) throws IOException {
    List<Batch> before = read(file, about);
    // Written anew and moved, so that a kill in between loses nothing; findings hold values.
    Path partial = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(partial);
    OwnerFiles.create(partial);
    BufferedWriter out =
        Files.newBufferedWriter(partial, StandardCharsets.UTF_8, StandardOpenOption.WRITE);
    boolean isOpen = false;
    try {
      VerifyJournal journal = new VerifyJournal(file, lock, out, before);
      journal.line(new Header(1, about));
      for (Batch batch : before) {
        journal.line(batch);
      }
      out.flush();
      Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
      isOpen = true;
      return journal;
    } finally {
      if (!isOpen) {
        Files.deleteIfExists(partial);
        out.close();
      }
    }
  }

  private static List<Batch> read(Path file, String about) throws IOException {
    List<Batch> batches = new ArrayList<>();
    if (!Files.isRegularFile(file)) {
      return batches;
    }
    try (var lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      String line = lines.readLine();
      if (line == null || !new Header(1, about).equals(JSON.readValue(line, Header.class))) {
        return batches;
      }
      for (line = lines.readLine(); line != null; line = lines.readLine()) {
        batches.add(JSON.readValue(line, Batch.class));
      }
    } catch (JsonProcessingException e) {
      // The line that was being written when the process died: its batch is done again.
      return batches;
    }
    return batches;
  }

  /** What was found before. */
  List<Batch> before() {
    return before;
  }

  /** The key after which to go on; null to begin. */
  @Nullable String last() {
    return before.isEmpty() ? null : before.get(before.size() - 1).last();
  }

  void add(Batch batch) throws IOException {
    if (file == null) {
      return;
    }
    try {
      line(batch);
      out.flush();
    } catch (IOException e) {
      throw named(file, e);
    }
  }

  private void line(Object value) throws IOException {
    out.write(JSON.writeValueAsString(value));
    out.write('\n');
  }

  /** All was looked at: nothing to go on with. */
  void done() throws IOException {
    out.close();
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      out.close();
    } finally {
      if (lock != null) {
        lock.close();
      }
    }
  }
}
