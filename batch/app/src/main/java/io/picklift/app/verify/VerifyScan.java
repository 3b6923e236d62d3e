package io.picklift.app.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.picklift.app.config.Config;
import io.picklift.app.config.SourceConfig;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.Pools;
import io.picklift.app.database.ResourceCloser;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.poison.SavesInHand;
import io.picklift.app.source.SaveCursor;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import io.picklift.app.source.Sources;
import io.picklift.app.target.TargetTables;
import io.picklift.app.throttle.Politeness;
import io.picklift.app.workers.scan.ScanRange;
import io.picklift.app.workers.scan.ScanWork;
import io.picklift.codec.Limits;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.function.LongPredicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A worker's part in a verification: looks at ranges of the source. */
public final class VerifyScan implements ScanWork {
  static final String STEP = "verifyRange";
  static final String ENGINE = "engine";
  static final String SAMPLED = "sampled";
  static final String PROOFS = "proofs";
  static final String ROWS = "rows";

  private final Config config;
  private final int threads;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private @Nullable Opened opened;
  private @Nullable Made made;

  /** What is open as long as the worker is. */
  private record Opened(
      SourceConfig config, SaveSource source, DataSource target, TargetTables mapped) {}

  /** What verifies as the coordinator wants it. */
  private record Made(
      Map<String, String> settings,
      SaveSource source,
      VerifierFactory factory,
      WatchedStretches verifiers) {}

  /**
   * What was found in a stretch.
   *
   * @param batch as a verification without workers keeps it
   * @param byHash how many saves had not changed since they were proven
   * @param byOtherEngine how many the other engine decoded as well
   */
  record Result(VerifyJournal.Batch batch, long byHash, long byOtherEngine) {}

  /** Opens nothing before there is something to do. */
  public VerifyScan(Config config, int threads) {
    this.config = config;
    this.threads = threads;
  }

  @Override
  public String step() {
    return STEP;
  }

  @Override
  public Cursor open(
      Map<String, String> settings, ScanRange range, Politeness polite, SavesInHand inHand)
      throws SQLException, IOException {
    Made by = made(settings);
    int columns = by.source().keyColumns();
    SaveCursor cursor =
        new SaveCursor(
            by.source(),
            key(range.from(), columns),
            key(range.upTo(), columns),
            false,
            SaveCursor.Choice.ALL,
            polite);
    long rows = Long.parseLong(settings.getOrDefault(ROWS, "0"));
    LongPredicate sample = by.factory().otherSample(rows, range.place());
    return new Rows(by, cursor, sample, inHand);
  }

  /** The rows of a range. */
  private record Rows(Made by, SaveCursor cursor, LongPredicate sample, SavesInHand inHand)
      implements Cursor {
    @Override
    public @Nullable Stretch next() throws SQLException, IOException {
      SaveCursor.Stretch stretch = cursor.next();
      return stretch == null ? null : verified(stretch);
    }

    private Stretch verified(SaveCursor.Stretch stretch) throws SQLException, IOException {
      StretchVerifier.Batch batch = by.verifiers().verify(stretch, sample, inHand);
      Result result =
          new Result(
              VerifyJournal.Batch.of(stretch.last().text(), stretch.visited(), batch.results()),
              batch.byHash(),
              batch.byOtherEngine());
      return new Verified(stretch, text(result));
    }

    @Override
    public @Nullable Half halve() throws SQLException {
      SaveCursor.Half half = cursor.halve();
      return half == null ? null : new Half(half.upTo().text(), half.rows());
    }
  }

  private static @Nullable SaveKey key(@Nullable String text, int columns) {
    return text == null ? null : SaveKey.parse(text, columns);
  }

  private static String text(Result result) throws JsonProcessingException {
    return VerifyJournal.JSON.writeValueAsString(result);
  }

  private record Verified(SaveCursor.Stretch stretch, String text) implements Stretch {
    @Override
    public String last() {
      return stretch.last().text();
    }

    @Override
    public long rows() {
      return stretch.visited();
    }

    @Override
    public long bytes() {
      return stretch.bytes();
    }

    @Override
    public String result(Connection connection) {
      return text;
    }
  }

  private synchronized Made made(Map<String, String> settings) throws SQLException, IOException {
    Made last = made;
    if (last != null && last.settings().equals(settings)) {
      return last;
    }
    Opened with = opened();
    VerifyOptions options =
        VerifyOptions.all(
                DecodingEngine.Name.valueOf(settings.getOrDefault(ENGINE, "FAST")),
                Limits.forSaves(threads),
                threads)
            .with(VerifyOptions.Proofs.valueOf(settings.getOrDefault(PROOFS, "USED")));
    if (Boolean.parseBoolean(settings.get(SAMPLED))) {
      options = options.sampled();
    }
    VerifierFactory factory =
        VerifierFactory.of(with.config(), options, with.source(), with.target(), with.mapped());
    Made next = new Made(settings, with.source(), factory, factory.watched());
    made = next;
    return next;
  }

  private Opened opened() throws SQLException, IOException {
    Opened there = opened;
    if (there != null) {
      return there;
    }
    // What one attempt opened and could not use is not to be there while others try.
    Deque<AutoCloseable> now = new ArrayDeque<>();
    try {
      Limits limits = Limits.forSaves(threads);
      TargetTables mapped = TargetTables.read(config, limits);
      String beside = config.beside();
      SourceConfig read = beside == null ? config.source() : config.source().withJson(beside);
      SaveSource source = Sources.open(read, limits, threads + 2, now);
      var target = Pools.open("target", config.requireTarget(), 2 * threads + 1);
      now.push(target);
      Opened made = new Opened(read, source, target, mapped);
      opened = made;
      return made;
    } catch (DatabaseException e) {
      throw new IOException(e.getMessage(), e);
    } finally {
      if (opened == null) {
        ResourceCloser.all(now);
      } else {
        open.addAll(now);
      }
    }
  }

  @Override
  public synchronized void close() {
    ResourceCloser.all(open);
  }
}
