package io.picklift.app.scan;

import io.picklift.app.config.Config;
import io.picklift.app.config.MaxRate;
import io.picklift.app.config.SourceConfig;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.ResourceCloser;
import io.picklift.app.database.Retry;
import io.picklift.app.decode.BlobDecoder;
import io.picklift.app.decode.DecodeNotes;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.decode.Refusal;
import io.picklift.app.decode.RefusedException;
import io.picklift.app.decode.StrayBytes;
import io.picklift.app.encoding.Unpacked;
import io.picklift.app.input.LeftOut;
import io.picklift.app.memory.LastResort;
import io.picklift.app.memory.SpareReader;
import io.picklift.app.source.ProgressListener;
import io.picklift.app.source.SampleChoice;
import io.picklift.app.source.SaveCursor;
import io.picklift.app.source.SaveCursor.Stretch;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import io.picklift.app.source.Sha256;
import io.picklift.app.source.SourceRow;
import io.picklift.app.source.Sources;
import io.picklift.app.throttle.Politeness;
import io.picklift.codec.Limits;
import io.picklift.codec.pickle.RecordDecoder;
import io.picklift.schema.profile.OuterColumn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Reads all saves of a source, or some spread over all of it. Batches of saves are decoded and
 * worked on by several threads; the results are handed over one by one in the order of the source.
 * As many batches are in memory as there are threads, and one more.
 */
public final class Scan {
  private final Config config;
  private final SourceConfig source;
  private final Options options;
  private final LastResort lastResort = new LastResort();
  private final LongAdder straySaves = new LongAdder();
  private final LongAdder strayBytes = new LongAdder();
  private final ConcurrentHashMap<String, Long> suspected = new ConcurrentHashMap<>();
  private List<OuterColumn> outer = List.of();
  private @Nullable String exactCollation;

  /**
   * How to go about it.
   *
   * @param threads how many saves are worked on at a time
   * @param sample how many saves to read; 0 for all
   * @param maxRate how fast to go; null for what the configuration says
   */
  public record Options(
      int threads,
      DecodingEngine.Name engine,
      Limits limits,
      long sample,
      @Nullable MaxRate maxRate) {}

  /** What is done with one save, by any of the threads. */
  public interface Task<R> {
    R apply(ScannedSave save) throws IOException;
  }

  /** Takes the results, in the caller's thread. */
  public interface Results<R> {
    void take(R result) throws IOException;
  }

  public Scan(Config config, Options options) {
    this.config = config;
    source = config.source();
    this.options = options;
  }

  /**
   * Runs over the source.
   *
   * @param what for the progress bar
   * @return whether that was a sample: there are saves that were left out
   * @throws DatabaseException where the source cannot be opened
   * @throws ScanException where the server went away, or a file cannot be read
   * @throws IOException what task and results throw
   */
  public <R> boolean run(String what, ProgressListener progress, Task<R> task, Results<R> results)
      throws DatabaseException, ScanException, IOException {
    ExecutorService threads = Executors.newFixedThreadPool(options.threads());
    Deque<AutoCloseable> open = new ArrayDeque<>();
    try {
      SaveSource saves = Sources.open(source, options.limits(), options.threads() + 1, open);
      outer = saves.outerColumns();
      exactCollation = saves.exactCollation();
      SampleChoice choice = new SampleChoice(Retry.retrying(saves::count), options.sample());
      Politeness polite = Politeness.open(config, options.maxRate(), progress::say);
      open.push(polite);
      SaveCursor cursor = new SaveCursor(saves, null, null, false, choice, polite);
      progress.start(what, choice.count());
      ConcurrentLinkedQueue<BlobDecoder> decoders = new ConcurrentLinkedQueue<>();
      Deque<Future<List<R>>> running = new ArrayDeque<>();
      for (Stretch stretch = cursor.next(); stretch != null; stretch = cursor.next()) {
        if (stretch.wanted().isEmpty()) {
          continue;
        }
        polite.pass(() -> {});
        Stretch one = stretch;
        polite.read(one.wanted().size(), one.bytes());
        running.add(threads.submit(() -> work(saves, one, decoders, task)));
        if (running.size() > options.threads()) {
          take(running, progress, results);
        }
      }
      while (!running.isEmpty()) {
        take(running, progress, results);
      }
      return choice.isSample();
    } catch (SQLException e) {
      throw new ScanException("source: " + firstLine(e), e);
    } catch (UncheckedIOException e) {
      throw new ScanException("source: " + firstLine(e), e);
    } catch (OutOfMemoryError e) {
      throw new ScanException(
          "not enough memory: give java a larger -Xmx, or --threads a smaller number", e);
    } finally {
      threads.shutdownNow();
      ResourceCloser.all(open);
    }
  }

  /** The source's collation that compares as Python does, once it ran; null where there is none. */
  public @Nullable String exactCollation() {
    return exactCollation;
  }

  /** The columns beside the saves, once it ran. */
  public List<OuterColumn> outerColumns() {
    return outer;
  }

  /** What is to be known of the saves' pickles, once it ran. */
  public DecodeNotes decoded() {
    return new DecodeNotes(new StrayBytes(straySaves.sum(), strayBytes.sum()), suspected);
  }

  private <R> List<R> work(
      SaveSource saves, Stretch stretch, ConcurrentLinkedQueue<BlobDecoder> decoders, Task<R> task)
      throws SQLException, IOException {
    BlobDecoder free = decoders.poll();
    BlobDecoder decoder =
        free == null ? BlobDecoder.of(options.engine(), options.limits(), source) : free;
    Map<SaveKey, Long> orders = new HashMap<>();
    stretch.wanted().forEach(place -> orders.put(place.key(), place.order()));
    List<R> done = new ArrayList<>();
    for (SourceRow row : new SpareReader(saves, lastResort).read(stretch.keys(), false).rows()) {
      done.add(task.apply(scanned(row, orders.getOrDefault(row.key(), 0L), decoder)));
    }
    decoders.add(decoder);
    return done;
  }

  private ScannedSave scanned(SourceRow row, long order, BlobDecoder decoder) {
    LeftOut leftOut = row.leftOut();
    if (leftOut != null) {
      return new ScannedSave.Refused(
          row.key().text(), Refusal.tooLongToRead(leftOut.bytes()), leftOut.sha256());
    }
    try {
      BlobDecoder.Decoded decoded = decoder.decode(row.blob());
      Unpacked unpacked = decoded.unpacked();
      int stray = RecordDecoder.strayBytes(decoded.graph());
      straySaves.add(stray > 0 ? 1 : 0);
      strayBytes.add(stray);
      if (!unpacked.suspected().isEmpty()) {
        suspected.merge(unpacked.suspected(), 1L, Long::sum);
      }
      byte[] blob = Objects.requireNonNull(row.blob());
      String splitBy = source.splitBy();
      return new ScannedSave.Save(
          row.key().text(),
          order,
          row.watermark(),
          unpacked.told(),
          blob.length,
          unpacked.pickle().length,
          splitBy == null ? null : row.outer(source.key(), splitBy),
          decoded.graph());
    } catch (RefusedException e) {
      byte[] blob = row.blob();
      return new ScannedSave.Refused(
          row.key().text(),
          e.refusal(),
          blob == null ? "" : HexFormat.of().formatHex(Sha256.of(blob)));
    }
  }

  private static <R> void take(
      Deque<Future<List<R>>> running, ProgressListener progress, Results<R> results)
      throws SQLException, IOException {
    List<R> done;
    try {
      done = running.remove().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw rethrown(e.getCause() == null ? e : e.getCause());
    }
    for (R result : done) {
      results.take(result);
    }
    progress.done(done.size());
  }

  private static IOException rethrown(Throwable cause) throws SQLException, IOException {
    if (cause instanceof SQLException sql) {
      throw sql;
    }
    if (cause instanceof IOException io) {
      throw io;
    }
    if (cause instanceof RuntimeException runtime) {
      throw runtime;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return new IOException(cause);
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
  }
}
