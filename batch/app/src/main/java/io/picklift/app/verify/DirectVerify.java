package io.picklift.app.verify;

import com.mysql.cj.exceptions.MysqlErrorNumbers;
import io.picklift.app.accept.AcceptList;
import io.picklift.app.account.LedgerReport;
import io.picklift.app.account.SourceCheck;
import io.picklift.app.account.SourceRegister;
import io.picklift.app.companion.Companions;
import io.picklift.app.config.Config;
import io.picklift.app.config.Database;
import io.picklift.app.config.MaxRate;
import io.picklift.app.config.SourceConfig;
import io.picklift.app.control.ControlPoll;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.Pools;
import io.picklift.app.database.ResourceCloser;
import io.picklift.app.database.Retry;
import io.picklift.app.database.RetryPolicy;
import io.picklift.app.database.Snapshot;
import io.picklift.app.decode.DecodeNotes;
import io.picklift.app.estimate.SizeEstimate;
import io.picklift.app.lock.TargetLock;
import io.picklift.app.report.EarlierFindings;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.source.GivenKeys;
import io.picklift.app.source.ProgressListener;
import io.picklift.app.source.SampleChoice;
import io.picklift.app.source.SaveCursor;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import io.picklift.app.source.Sources;
import io.picklift.app.target.MigratedTarget;
import io.picklift.app.target.TargetMappings;
import io.picklift.app.target.TargetSchema;
import io.picklift.app.target.TargetTables;
import io.picklift.app.throttle.Politeness;
import io.picklift.app.verify.RoomyVerifier.Usual;
import io.picklift.app.workers.WorkersOptions;
import io.picklift.app.workers.lease.Sameness;
import io.picklift.app.workers.scan.SharedScan;
import io.picklift.jython.EndingException;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Verifies without a job repository and without the target's lock, so that a migration may run
 * beside it: what the target has of a save is read as it was at one moment. Writes nothing but, if
 * it is to, what it has proven. Of all rows it keeps in a file how far it is.
 */
public final class DirectVerify implements AutoCloseable {
  /** So many saves may be of any size: repair and cutover give as many keys as there are. */
  private static final int KEYS_AT_A_TIME = 20;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final VerifyOptions options;
  private final SaveSource source;
  private final DataSource target;
  private final TargetTables mapped;
  private final Companions companions;
  private final String place;
  private final VerifierFactory verifiers;
  private final @Nullable Politeness polite;
  private @Nullable SharedVerify shared;
  private volatile boolean isStopped;
  private long deadline;

  /**
   * Over what is open already.
   *
   * @param place the target, as messages name it
   * @param polite says when to wait; null where nobody minds
   */
  public DirectVerify(
      SourceConfig config,
      VerifyOptions options,
      SaveSource source,
      DataSource target,
      TargetTables mapped,
      Companions companions,
      String place,
      @Nullable Politeness polite)
      throws SQLException {
    this.polite = polite;
    this.options = options;
    this.source = source;
    this.target = target;
    this.mapped = mapped;
    this.companions = companions;
    this.place = place;
    verifiers = VerifierFactory.of(config, options, source, target, mapped);
  }

  /**
   * Connects, and checks that the target's saves are of this source and mapping.
   *
   * @param maxRate how fast to go; null for what the configuration says
   * @throws ConfigurationException if they are not
   */
  public static DirectVerify open(
      Config config,
      VerifyOptions options,
      boolean isSourceMoved,
      @Nullable MaxRate maxRate,
      ProgressListener progress)
      throws DatabaseException, SQLException {
    Deque<AutoCloseable> open = new ArrayDeque<>();
    boolean isOpen = false;
    try {
      Retry.use(new RetryPolicy(config.run().deadline(), progress::say));
      TargetTables mapped = TargetTables.read(config, options.limits());
      Database database = config.requireTarget();
      String beside = config.beside();
      SourceConfig read = beside == null ? config.source() : config.source().withJson(beside);
      SaveSource source = Sources.open(read, options.limits(), options.threads() + 2, open);
      DataSource target = pool(database, options.threads() + 1, open);
      try (Connection connection = target.getConnection()) {
        connection.setAutoCommit(false);
        MigratedTarget.check(connection, database);
        TargetMappings.check(connection, source.name(), mapped);
        checkSource(connection, source, config.source(), isSourceMoved, progress);
        connection.rollback();
      }
      Companions companions = Companions.open(config, target, mapped::hasTable, open);
      Politeness polite = Politeness.open(config, maxRate, progress::say);
      open.push(polite);
      DirectVerify verify =
          new DirectVerify(
              read, options, source, target, mapped, companions, database.place(), polite);
      verify.open.addAll(open);
      isOpen = true;
      return verify;
    } finally {
      if (!isOpen) {
        ResourceCloser.all(open);
      }
    }
  }

  /** The same, as fast as the configuration says. */
  public static DirectVerify open(
      Config config, VerifyOptions options, boolean isSourceMoved, ProgressListener progress)
      throws DatabaseException, SQLException {
    return open(config, options, isSourceMoved, null, progress);
  }

  private static DataSource pool(Database database, int size, Deque<AutoCloseable> open)
      throws DatabaseException {
    var pool = Pools.open("target", database, size);
    open.push(pool);
    return pool;
  }

  /** A source that the target has nothing of, under this name, is told row by row. */
  private static void checkSource(
      Connection connection,
      SaveSource source,
      SourceConfig config,
      boolean isMoved,
      ProgressListener progress)
      throws SQLException {
    try {
      if (new SourceRegister(connection).find(source.name()) != null) {
        SourceCheck.Result unused =
            new SourceCheck(source, config, isMoved, true, progress::say).check(connection);
      }
    } catch (SQLException e) {
      if (e.getErrorCode() != MysqlErrorNumbers.ER_NO_SUCH_TABLE) {
        throw e;
      }
      // A target that an early Picklift made does not say what its source is.
    }
  }

  /**
   * Has workers look at the rows. Takes the target's lock: there is one coordinator at a time, and
   * no run beside it.
   *
   * @throws IOException where another process has the lock
   */
  public void share(Config config, WorkersOptions workers, ProgressListener progress)
      throws SQLException, IOException {
    TargetLock lock =
        Retry.retrying(() -> Optional.ofNullable(TargetLock.take(target))).orElse(null);
    if (lock == null) {
      throw new IOException(TargetLock.busy(target, place));
    }
    open.push(lock);
    boolean unused =
        Retry.retrying(
            () -> {
              lock.hold();
              TargetSchema.migrate(target);
              lock.enter();
              return true;
            });
    String same = Sameness.of(config, workers.version(), mapped.fingerprint());
    SharedScan scan = SharedScan.open(target, lock, workers, same, progress);
    open.push(scan);
    Politeness orders = Objects.requireNonNull(polite);
    open.push(
        Retry.retrying(
            () -> ControlPoll.begin(target, orders, options.threads(), this::stop, progress::say)));
    shared = new SharedVerify(scan, source, options);
  }

  /** An empty report about this source and target. */
  public VerifyReport report(AcceptList accepted, @Nullable EarlierFindings baseline) {
    return new VerifyReport(source.name(), place, accepted, baseline);
  }

  /** Ends the pass that is under way after the stretches at hand. For any thread. */
  public void stop() {
    isStopped = true;
  }

  /**
   * Verifies, and adds what it finds.
   *
   * @throws IOException where it was stopped, or the state cannot be kept
   */
  public void run(VerifyReport report, ProgressListener progress) throws SQLException, IOException {
    Retry.begin();
    deadline =
        options.most() == null ? Long.MAX_VALUE : System.nanoTime() + options.most().toNanos();
    try {
      look(report, progress);
    } catch (EndingException e) {
      // Told to stop before the sample's engine had started.
      throw stopped(e);
    }
  }

  private void look(VerifyReport report, ProgressListener progress)
      throws SQLException, IOException {
    VerifyOptions.Scope scope = options.scope();
    if (scope instanceof VerifyOptions.Scope.Keys some) {
      keys(some.keys(), report, progress);
    } else if (scope instanceof VerifyOptions.Scope.Sample some) {
      sample(some.percent(), report, progress);
    } else if (scope instanceof VerifyOptions.Scope.Since some) {
      since(some.run(), report, progress);
    } else if (shared != null) {
      shared(shared, report, progress);
    } else {
      all(report, progress);
    }
  }

  private void all(VerifyReport report, ProgressListener progress)
      throws SQLException, IOException {
    long rows = Retry.retrying(source::count);
    progress.start("verify", rows);
    SizeEstimate.begin(source, "verify", rows, progress);
    try (VerifyJournal journal = VerifyJournal.open(options.state(), about())) {
      long before = 0;
      for (VerifyJournal.Batch batch : journal.before()) {
        batch.all().forEach(report::add);
        progress.done(batch.rows());
        before += batch.rows();
      }
      String last = journal.last();
      SaveKey after = last == null ? null : SaveKey.parse(last, source.keyColumns());
      SaveCursor cursor = new SaveCursor(source, after, null, false, SaveCursor.Choice.ALL, polite);
      VerifyPass pass = pass(rows, before);
      pass.run(cursor, report, progress, journal);
      checkStopped(pass);
      if (pass.isLeft()) {
        report.partOf(rows);
        report.proof(ProofSentences.left(rows, before + pass.looked()));
      } else {
        new GoneSaves(source, target).find(mapped.fingerprint(), report);
        companions.verify(report, this::await);
        report.proof("Every row of the source was looked at, and every save of the target.");
        journal.done();
      }
      ProofSentences.of(report, pass.counts(), before, options);
    }
  }

  private void shared(SharedVerify by, VerifyReport report, ProgressListener progress)
      throws SQLException, IOException {
    long rows = Retry.retrying(source::count);
    progress.start("verify", rows);
    SizeEstimate.begin(source, "verify", rows, progress);
    boolean isWhole = by.run(about(), rows, progress, this::isOver);
    if (!isWhole && isStopped) {
      throw new IOException(
          "stopped; the findings so far are in the target: run the same command again to continue");
    }
    ProofSentences.Counts counts = by.told(report);
    if (isWhole) {
      new GoneSaves(source, target).find(mapped.fingerprint(), report);
      companions.verify(report, this::await);
      report.proof("Every row of the source was looked at, and every save of the target.");
      by.done();
    } else {
      long looked = report.rows();
      report.partOf(rows);
      report.proof(ProofSentences.left(rows, looked));
    }
    ProofSentences.of(report, counts, 0, options);
  }

  private void sample(double percent, VerifyReport report, ProgressListener progress)
      throws SQLException, IOException {
    long rows = Retry.retrying(source::count);
    long sample =
        Math.min(
            rows, Math.max(VerifierFactory.LEAST_SAMPLE, (long) Math.ceil(rows * percent / 100)));
    progress.start("verify", sample);
    SaveCursor cursor =
        new SaveCursor(source, null, null, false, new SampleChoice(rows, sample), polite);
    VerifyPass pass = pass(rows, 0);
    pass.run(cursor, report, progress, null);
    checkStopped(pass);
    report.partOf(rows);
    report.proof(ProofSentences.sample(rows, pass.looked()));
    if (pass.isLeft()) {
      report.proof(ProofSentences.left(sample, pass.looked()));
    }
    ProofSentences.of(report, pass.counts(), 0, options);
  }

  private void since(long run, VerifyReport report, ProgressListener progress)
      throws SQLException, IOException {
    long rows = Retry.retrying(source::count);
    SinceChoice choice = SinceChoice.of(target, source.name(), run);
    progress.start("verify", rows);
    SaveCursor cursor = new SaveCursor(source, null, null, false, choice, polite);
    VerifyPass pass = pass(rows, 0);
    pass.run(cursor, report, progress, null);
    checkStopped(pass);
    report.partOf(rows);
    report.proof(ProofSentences.since(run, choice.began(), pass.looked(), rows));
    if (pass.isLeft()) {
      report.proof(ProofSentences.left(rows, pass.visited()));
    }
    ProofSentences.of(report, pass.counts(), 0, options);
  }

  /**
   * Refuses given keys that nobody has a save of.
   *
   * @throws ConfigurationException if there is one
   */
  public void checkKeys() throws SQLException {
    if (options.scope() instanceof VerifyOptions.Scope.Keys some) {
      List<SaveKey> keys = List.copyOf(GivenKeys.parse(some.keys(), source));
      for (int from = 0; from < keys.size(); from += KEYS_AT_A_TIME) {
        new GoneSaves(source, target)
            .check(
                keys.subList(from, Math.min(keys.size(), from + KEYS_AT_A_TIME)),
                mapped.fingerprint());
      }
    }
  }

  private void keys(List<String> texts, VerifyReport report, ProgressListener progress)
      throws SQLException {
    List<SaveKey> keys = List.copyOf(GivenKeys.parse(texts, source));
    progress.start("verify", keys.size());
    Usual rows = verifiers.beside(options.engine());
    for (int from = 0; from < keys.size(); from += KEYS_AT_A_TIME) {
      List<SaveKey> some = keys.subList(from, Math.min(keys.size(), from + KEYS_AT_A_TIME));
      new GoneSaves(source, target).find(some, mapped.fingerprint(), report);
      rows.verify(some).results().forEach(report::add);
      progress.done(some.size());
    }
    report.part();
    report.proof("The rows of the given keys alone were looked at.");
  }

  private VerifyPass pass(long rows, long before) {
    return new VerifyPass(
        options.threads(),
        verifiers.stretches(),
        verifiers.otherSample(rows, before),
        this::isOver,
        this::before);
  }

  /** Thrown out of waiting, which is over with the pass. */
  private static final class WaitOverException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private void await() {
    if (polite == null) {
      return;
    }
    try {
      polite.pass(
          () -> {
            if (isOver()) {
              throw new WaitOverException();
            }
          });
    } catch (WaitOverException e) {
      // Whoever called asks whether the pass is over, and ends it.
      return;
    }
  }

  private void before(SaveCursor.Stretch stretch) {
    await();
    if (polite != null) {
      polite.read(stretch.wanted().size(), stretch.bytes());
    }
  }

  private boolean isOver() {
    return isStopped || System.nanoTime() > deadline;
  }

  /** What has to be the same for a journal to be gone on with. */
  private String about() {
    return String.join(
        "\n",
        source.name(),
        place,
        HexFormat.of().formatHex(mapped.fingerprint()),
        options.engine().toString(),
        Boolean.toString(options.isOtherSampled()),
        options.proofs().toString());
  }

  private IOException stopped(@Nullable Exception cause) {
    return new IOException(
        options.state() == null
            ? "stopped; nothing was changed"
            : "stopped; the findings so far are in "
                + options.state()
                + ": run the same command again to continue",
        cause);
  }

  private void checkStopped(VerifyPass pass) throws IOException {
    if (isStopped && pass.isLeft()) {
      throw stopped(null);
    }
  }

  /** What the target says of its saves; an earlier Picklift's lacks some of it. */
  public void facts(VerifyReport report) throws SQLException {
    try {
      RowCounts rows =
          options.scope() instanceof VerifyOptions.Scope.All && options.most() == null
              ? Retry.retrying(() -> RowCounts.of(target, mapped.mapping()))
              : RowCounts.NONE;
      report.facts(
          Retry.retrying(
              () -> Snapshot.read(target, c -> FactsQuery.read(c, source.name(), rows))));
      DecodeNotes decoded =
          Retry.retrying(() -> Snapshot.read(target, c -> LedgerReport.notes(c, source.name())));
      report.tell(decoded.stray().sentence());
      report.tell(decoded.damageSentence());
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
