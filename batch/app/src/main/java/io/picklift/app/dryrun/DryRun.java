package io.picklift.app.dryrun;

import com.mysql.cj.exceptions.MysqlErrorNumbers;
import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.account.CompanionCounts;
import io.picklift.app.account.LedgerComparison;
import io.picklift.app.account.LedgerReport;
import io.picklift.app.account.LedgerSweep;
import io.picklift.app.account.LedgerTotals;
import io.picklift.app.account.SourceCheck;
import io.picklift.app.account.SourceRegister;
import io.picklift.app.beside.BesideColumn;
import io.picklift.app.companion.Companions;
import io.picklift.app.config.Config;
import io.picklift.app.config.CountOrShare;
import io.picklift.app.config.Database;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.Pools;
import io.picklift.app.database.ResourceCloser;
import io.picklift.app.database.Retry;
import io.picklift.app.database.RetryPolicy;
import io.picklift.app.database.TableNames;
import io.picklift.app.database.TaskResult;
import io.picklift.app.decode.BlobDecoder;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.decode.Refusal;
import io.picklift.app.decode.SaveDecoder;
import io.picklift.app.decode.SaveOutcome;
import io.picklift.app.memory.LastResort;
import io.picklift.app.memory.SpareReader;
import io.picklift.app.source.KeyState;
import io.picklift.app.source.ProgressListener;
import io.picklift.app.source.SaveBatch;
import io.picklift.app.source.SaveCursor;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import io.picklift.app.source.SourceRow;
import io.picklift.app.source.Sources;
import io.picklift.app.target.PreparedSave;
import io.picklift.app.target.SavePreparer;
import io.picklift.app.target.TargetMappings;
import io.picklift.app.target.TargetTables;
import io.picklift.app.throttle.Politeness;
import io.picklift.codec.Limits;
import io.picklift.schema.yaml.ConfigurationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A run of {@code migrate} or {@code backfill} that writes nothing: no tables, no lock, no row. An
 * account with SELECT on source and target is enough, and the target may be empty.
 */
public final class DryRun implements AutoCloseable {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Config config;
  private final Options options;
  private final ProgressListener progress;
  private final SaveSource source;
  private final Politeness polite;
  private final HikariDataSource target;
  private final TargetTables mapped;
  private final List<String> newTables;
  private final boolean hasLedger;
  private final Companions companions;
  private final boolean isBeside;
  private final LastResort lastResort = new LastResort();
  private final SpareReader reader;
  private final Set<SaveKey> known = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<Worker> workers = new ConcurrentLinkedQueue<>();

  /**
   * What the run would be.
   *
   * @param isFull whether all saves are compared by their hashes
   * @param maxDeleted how many saves it may delete; null for what the configuration says
   */
  public record Options(
      boolean isBackfill,
      boolean isFull,
      boolean isSourceMoved,
      @Nullable CountOrShare maxDeleted,
      int threads,
      DecodingEngine.Name engine) {
    Limits limits() {
      return Limits.forSaves(threads);
    }
  }

  /** What one thread works with. */
  private record Worker(SaveDecoder decoder, SavePreparer preparer) {}

  /**
   * Connects, and checks what a run would check first.
   *
   * @throws ConfigurationException if the run would not begin
   */
  public static DryRun open(Config config, Options options, ProgressListener progress)
      throws DatabaseException, SQLException {
    Deque<AutoCloseable> open = new ArrayDeque<>();
    boolean isOpen = false;
    try {
      DryRun run = new DryRun(config, options, progress, open);
      isOpen = true;
      return run;
    } finally {
      if (!isOpen) {
        ResourceCloser.all(open);
      }
    }
  }

  private DryRun(
      Config config, Options options, ProgressListener progress, Deque<AutoCloseable> open)
      throws DatabaseException, SQLException {
    Retry.use(new RetryPolicy(config.run().deadline(), progress::say));
    this.config = config;
    this.options = options;
    this.progress = progress;
    mapped = TargetTables.read(config, options.limits());
    Database database = config.requireTarget();
    source = Sources.open(config.source(), options.limits(), options.threads() + 2, open);
    reader = new SpareReader(source, lastResort);
    target = Pools.open("target", database, options.threads() + 2);
    open.push(target);
    companions = Companions.open(config, target, mapped::hasTable, open);
    polite = Politeness.open(config, null, progress::say);
    open.push(polite);
    try (Connection connection = target.getConnection()) {
      newTables = mapped.missing(connection);
      isBeside = BesideColumn.open(connection, config, source) != null;
      hasLedger = TableNames.isThere(connection, "picklift_save");
      if (hasLedger) {
        TargetMappings.check(connection, source.name(), mapped);
      }
    }
    this.open.addAll(open);
  }

  /** Goes through the source, and tells what a run would do. */
  public DryRunResult run() throws SQLException {
    try {
      return tried();
    } catch (SQLException e) {
      if (e.getErrorCode() == MysqlErrorNumbers.ER_BAD_FIELD_ERROR
          || e.getErrorCode() == MysqlErrorNumbers.ER_NO_SUCH_TABLE) {
        throw new ConfigurationException(
            "an earlier Picklift made the target's own tables, and a dry run cannot compare with"
                + " them: the next migrate or backfill brings them up to date ("
                + e.getMessage()
                + ")");
      }
      throw e;
    }
  }

  private DryRunResult tried() throws SQLException {
    long began = System.nanoTime();
    LedgerComparison comparison = hasLedger ? comparison() : null;
    DryRunTally tally = new DryRunTally(mapped.mapping());
    long rows = Retry.retrying(source::count);
    progress.start("dry run", rows);
    ExecutorService threads = Executors.newFixedThreadPool(options.threads(), DryRun::daemon);
    try {
      decode(comparison, tally, threads);
    } finally {
      threads.shutdownNow();
    }
    long gone = 0;
    long leftScope = 0;
    long live = 0;
    if (hasLedger) {
      LedgerSweep sweep = new LedgerSweep(source, target);
      for (LedgerSweep.Page page = sweep.next(); page != null; page = sweep.next()) {
        live += page.size();
        gone += page.gone().size();
        leftScope += page.leftScope().size();
      }
    }
    CountOrShare bound =
        options.maxDeleted() == null ? config.run().maxDeleted() : options.maxDeleted();
    List<CompanionCounts> beside =
        companions.forecast(hasLedger, options.isBackfill() ? bound : null, polite);
    return new DryRunResult(
        options.isBackfill(),
        newTables,
        isBeside ? config.source().table() + "." + config.beside() : "",
        rows,
        tally.added(),
        tally.replaced(),
        tally.unchanged(),
        gone,
        bound.of(live),
        leftScope,
        tally.refused(),
        tally.examples(),
        tally.tableRows(),
        tally.unfit(),
        beside,
        tally.blobBytes(),
        Duration.ofNanos(System.nanoTime() - began));
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "dry-run");
    thread.setDaemon(true);
    return thread;
  }

  private LedgerComparison comparison() throws SQLException {
    try (Connection connection = target.getConnection()) {
      SourceCheck check =
          new SourceCheck(source, config.source(), options.isSourceMoved(), true, progress::say);
      boolean isFull = check.check(connection).isFull() || options.isFull();
      SourceRegister.Entry entry = new SourceRegister(connection).find(source.name());
      String upTo = isFull || entry == null ? null : entry.watermark();
      String now = LedgerReport.now(connection);
      LedgerTotals totals = LedgerTotals.read(connection, source.name(), now);
      if (totals.live() == 0) {
        progress.say("the target has no saves of '" + source.name() + "' yet");
      }
      return new LedgerComparison(
          source, target, now, config.source().overlap(), isWritten -> upTo);
    }
  }

  /** Batches are decoded by the threads, one more than there are threads at a time. */
  private void decode(
      @Nullable LedgerComparison comparison, DryRunTally tally, ExecutorService threads)
      throws SQLException {
    SaveCursor cursor =
        new SaveCursor(
            source,
            null,
            null,
            options.isBackfill() && comparison != null,
            (page, first) -> wanted(comparison, page),
            polite);
    Deque<Future<?>> running = new ArrayDeque<>();
    for (SaveCursor.Stretch s = cursor.next(); s != null; s = cursor.next()) {
      SaveCursor.Stretch stretch = s;
      polite.pass(() -> {});
      tally.unchanged(stretch.visited() - stretch.wanted().size());
      progress.done(stretch.visited());
      running.add(
          threads.submit(
              () -> {
                work(stretch.keys(), tally);
                return true;
              }));
      if (running.size() > options.threads()) {
        await(running.remove());
      }
    }
    while (!running.isEmpty()) {
      await(running.remove());
    }
  }

  private Set<SaveKey> wanted(@Nullable LedgerComparison comparison, List<KeyState> page)
      throws SQLException {
    if (comparison == null) {
      return Set.copyOf(page.stream().map(KeyState::key).toList());
    }
    Set<SaveKey> wanted = new HashSet<>();
    for (LedgerComparison.Compared row :
        options.isBackfill() ? comparison.current(page) : comparison.known(page)) {
      if (row.isWanted()) {
        wanted.add(row.key());
        if (row.state() != null && row.state().isLive()) {
          known.add(row.key());
        }
      }
    }
    return wanted;
  }

  private void work(List<SaveKey> keys, DryRunTally tally) throws SQLException {
    Worker free = workers.poll();
    Worker worker = free == null ? worker() : free;
    SaveBatch batch = reader.read(keys, false);
    polite.read(batch.rows().size(), batch.bytes());
    for (SourceRow row : batch.rows()) {
      tally.add(prepared(worker, row), known.remove(row.key()));
    }
    workers.add(worker);
  }

  private PreparedSave prepared(Worker worker, SourceRow row) {
    return lastResort.run(
        () -> worker.preparer().prepare(worker.decoder().decode(row)),
        () -> worker.preparer().prepare(new SaveOutcome.Refused(row, Refusal.outOfMemory())));
  }

  private Worker worker() {
    Limits limits = options.limits();
    BlobDecoder blobs = BlobDecoder.of(options.engine(), limits, config.source());
    return new Worker(new SaveDecoder(blobs, limits), new SavePreparer(mapped.tables(), false));
  }

  private static void await(Future<?> future) throws SQLException {
    try {
      TaskResult.of(future);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted", e);
    }
  }

  @Override
  public void close() {
    ResourceCloser.all(open);
  }
}
