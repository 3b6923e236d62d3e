package io.picklift.app.verify;

import com.mysql.cj.exceptions.MysqlErrorNumbers;
import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.accept.AcceptList;
import io.picklift.app.account.LedgerReport;
import io.picklift.app.companion.Companions;
import io.picklift.app.config.Config;
import io.picklift.app.config.Database;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.Pools;
import io.picklift.app.database.ResourceCloser;
import io.picklift.app.database.Retry;
import io.picklift.app.decode.BlobDecoder;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.rebuild.SaveRebuilder;
import io.picklift.app.report.EarlierFindings;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.source.SampleChoice;
import io.picklift.app.source.SaveBatch;
import io.picklift.app.source.SaveCursor;
import io.picklift.app.source.SaveCursor.Stretch;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import io.picklift.app.source.Sources;
import io.picklift.app.target.Ledger;
import io.picklift.app.target.TargetMappings;
import io.picklift.app.target.TargetTables;
import io.picklift.codec.Limits;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Verifies without a job repository, a lock or a change to either side: accounts that may only
 * SELECT are enough. Some keys, a sample, or all; of all it keeps in a file how far it is.
 */
public final class DirectVerify implements AutoCloseable {
  private static final int LEAST_SAMPLE = 20;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Config config;
  private final Options options;
  private final SaveSource source;
  private final HikariDataSource target;
  private final TargetTables mapped;
  private final Companions companions;
  private final String place;

  /**
   * What to look at.
   *
   * @param keys as reports have them; empty for all
   * @param samplePercent of the rows; 0 for all
   * @param state where to keep how far it is; used where all rows are looked at
   */
  public record Options(
      DecodingEngine.Name engine,
      Limits limits,
      int threads,
      List<String> keys,
      double samplePercent,
      Path state) {
    public Options {
      keys = List.copyOf(keys);
    }
  }

  /** Is told how far it is. */
  public interface Watch {
    void start(long rows);

    void done(long rows);
  }

  /**
   * Connects, and checks that the target's saves are of this mapping.
   *
   * @throws ConfigurationException if they are not
   */
  public static DirectVerify open(Config config, Options options)
      throws DatabaseException, SQLException {
    Deque<AutoCloseable> open = new ArrayDeque<>();
    boolean isOpen = false;
    try {
      DirectVerify verify = new DirectVerify(config, options, open);
      isOpen = true;
      return verify;
    } finally {
      if (!isOpen) {
        ResourceCloser.all(open);
      }
    }
  }

  private DirectVerify(Config config, Options options, Deque<AutoCloseable> open)
      throws DatabaseException, SQLException {
    this.config = config;
    this.options = options;
    mapped = TargetTables.read(config, options.limits());
    Database database = config.requireTarget();
    place = database.place();
    source = Sources.open(config.source(), options.limits(), options.threads() + 2, open);
    target = Pools.open("target", database, options.threads() + 1);
    open.push(target);
    companions = Companions.open(config, target, mapped::hasTable, open);
    try (Connection connection = target.getConnection()) {
      TargetMappings.check(connection, source.name(), mapped);
    }
    this.open.addAll(open);
  }

  /** An empty report about this source and target. */
  public VerifyReport report(AcceptList accepted, @Nullable EarlierFindings baseline) {
    return new VerifyReport(source.name(), place, accepted, baseline);
  }

  /** Verifies, and adds what it finds. */
  public void run(VerifyReport report, Watch watch) throws SQLException, IOException {
    if (!options.keys().isEmpty()) {
      keys(report, watch);
      return;
    }
    long rows = Retry.retrying(source::count);
    long sample =
        options.samplePercent() <= 0
            ? 0
            : Math.max(LEAST_SAMPLE, (long) Math.ceil(rows * options.samplePercent() / 100));
    if (sample > 0 && sample < rows) {
      report.proof(
          String.format(
              Locale.ROOT,
              "A sample, spread over the keys: %,d of %,d rows were looked at.",
              sample,
              rows));
      watch.start(sample);
      stretches(report, watch, new SampleChoice(rows, sample), null);
      return;
    }
    report.proof("Every row of the source was looked at, and every save of the target.");
    watch.start(rows);
    try (VerifyJournal journal = VerifyJournal.open(options.state(), about())) {
      for (VerifyJournal.Batch batch : journal.before()) {
        batch.all().forEach(report::add);
        watch.done(batch.rows());
      }
      stretches(report, watch, SaveCursor.Choice.ALL, journal);
      new GoneSaves(source, target).find(report);
      companions.verify(report, () -> {});
      journal.done();
    }
  }

  /** What has to be the same for a journal to be gone on with. */
  private String about() {
    return String.join(
        "\n",
        source.name(),
        place,
        HexFormat.of().formatHex(mapped.fingerprint()),
        options.engine().toString());
  }

  private void keys(VerifyReport report, Watch watch) throws SQLException {
    Set<SaveKey> keys = new LinkedHashSet<>();
    for (String text : options.keys()) {
      try {
        SaveKey key = SaveKey.parse(text, source.keyColumns());
        if (!source.isKey(key)) {
          throw new IllegalArgumentException("no key of this source");
        }
        keys.add(key);
      } catch (IllegalArgumentException e) {
        throw new ConfigurationException("--key " + text + ": " + e.getMessage());
      }
    }
    report.proof("The rows of the given keys alone were looked at.");
    watch.start(keys.size());
    SaveBatch batch = SaveCursor.read(source, List.copyOf(keys), true);
    processor().process(batch).results().forEach(report::add);
    watch.done(keys.size());
  }

  private VerifyProcessor processor() {
    Limits limits = options.limits();
    SaveVerifier verifier =
        new SaveVerifier(
            new SaveRebuilder(mapped.tables(), limits),
            BlobDecoder.of(options.engine(), limits, config.source()),
            options.engine() != DecodingEngine.Name.FAST,
            new CopyCheck(config.source().columns(), config.source().json()));
    return new VerifyProcessor(target, new Ledger(source.name(), mapped.fingerprint()), verifier);
  }

  private record Done(Stretch stretch, VerifiedBatch batch) {}

  /** Some stretches at a time; what they give is taken in the order of the keys. */
  private void stretches(
      VerifyReport report, Watch watch, SaveCursor.Choice choice, @Nullable VerifyJournal journal)
      throws SQLException, IOException {
    String last = journal == null ? null : journal.last();
    SaveKey after = last == null ? null : SaveKey.parse(last, source.keyColumns());
    SaveCursor cursor = new SaveCursor(source, after, null, false, choice);
    ConcurrentLinkedQueue<VerifyProcessor> free = new ConcurrentLinkedQueue<>();
    Deque<Future<Done>> running = new ArrayDeque<>();
    ExecutorService threads = Executors.newFixedThreadPool(options.threads());
    try {
      for (Stretch stretch = cursor.next(); stretch != null; stretch = cursor.next()) {
        Stretch one = stretch;
        running.add(threads.submit(() -> verified(one, free)));
        if (running.size() > options.threads()) {
          take(running, report, watch, journal);
        }
      }
      while (!running.isEmpty()) {
        take(running, report, watch, journal);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private Done verified(Stretch stretch, ConcurrentLinkedQueue<VerifyProcessor> free)
      throws SQLException {
    VerifyProcessor taken = free.poll();
    VerifyProcessor processor = taken == null ? processor() : taken;
    SaveBatch batch = SaveCursor.read(source, stretch.keys(), true);
    Done done = new Done(stretch, processor.process(batch));
    free.add(processor);
    return done;
  }

  private static void take(
      Deque<Future<Done>> running,
      VerifyReport report,
      Watch watch,
      @Nullable VerifyJournal journal)
      throws SQLException, IOException {
    Done done;
    try {
      done = running.remove().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException sql) {
        throw sql;
      }
      throw new IllegalStateException(e.getCause());
    }
    done.batch().results().forEach(report::add);
    long rows = done.stretch().wanted().size();
    if (journal != null) {
      journal.add(
          VerifyJournal.Batch.of(done.stretch().last().text(), rows, done.batch().results()));
    }
    watch.done(rows);
  }

  /** What the target says of its saves; an earlier Picklift's lacks some of it. */
  public void facts(VerifyReport report) throws SQLException {
    try (Connection connection = target.getConnection()) {
      report.facts(FactsQuery.read(connection, source.name()));
      report.tell(LedgerReport.stray(connection, source.name()).sentence());
    } catch (SQLException e) {
      if (e.getErrorCode() != MysqlErrorNumbers.ER_NO_SUCH_TABLE) {
        throw e;
      }
      report.proof("The target was made by an earlier Picklift and does not say what it covers.");
    }
  }

  @Override
  public void close() {
    ResourceCloser.all(open);
  }
}
