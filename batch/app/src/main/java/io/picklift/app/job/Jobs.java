package io.picklift.app.job;

import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.accept.AcceptList;
import io.picklift.app.account.FileKeys;
import io.picklift.app.account.QuarantineList;
import io.picklift.app.account.RunSummary;
import io.picklift.app.account.SaveChoice;
import io.picklift.app.account.SourceCheck;
import io.picklift.app.beside.BesideColumn;
import io.picklift.app.bulk.WritingTarget;
import io.picklift.app.companion.Companions;
import io.picklift.app.config.Config;
import io.picklift.app.config.Conflicts;
import io.picklift.app.config.Database;
import io.picklift.app.control.ControlPoll;
import io.picklift.app.control.MappingPrint;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.LongStatement;
import io.picklift.app.database.Pools;
import io.picklift.app.database.ResourceCloser;
import io.picklift.app.database.Retry;
import io.picklift.app.database.RetryPolicy;
import io.picklift.app.database.Transaction;
import io.picklift.app.disagree.Disagreements;
import io.picklift.app.lock.TargetLock;
import io.picklift.app.memory.LastResort;
import io.picklift.app.poison.SavesInHand;
import io.picklift.app.report.EarlierFindings;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.source.ProgressListener;
import io.picklift.app.source.SaveSource;
import io.picklift.app.source.Sources;
import io.picklift.app.target.FoundColumns;
import io.picklift.app.target.Ledger;
import io.picklift.app.target.SaveIds;
import io.picklift.app.target.TargetMappings;
import io.picklift.app.target.TargetSchema;
import io.picklift.app.target.TargetTables;
import io.picklift.app.target.archive.ArchiveChecksum;
import io.picklift.app.throttle.Politeness;
import io.picklift.app.verify.CopyCheck;
import io.picklift.app.verify.DirectVerify;
import io.picklift.app.verify.VerifyOptions;
import io.picklift.app.view.SaveCount;
import io.picklift.app.workers.Coordinator;
import io.picklift.app.workers.WorkersOptions;
import io.picklift.app.workers.lease.Sameness;
import io.picklift.app.writeback.Writeback;
import io.picklift.app.writeback.WritebackOptions;
import io.picklift.app.writeback.WritebackResult;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * The jobs over one source and one target. Opening checks what can be checked before anything is
 * written. One process at a time has a target open.
 */
public final class Jobs implements AutoCloseable {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final SaveSource source;
  private final HikariDataSource target;
  private final String place;
  private final TargetTables mapped;
  private final JobEnvironment environment;
  private final SourceCheck.Result checked;
  private final boolean isFull;
  private @Nullable BatchJobs batch;
  private final LedgerChoices ledger;
  private final SourceCheck check;
  private volatile boolean isStopped;

  /**
   * Connects, and makes the target's tables.
   *
   * @throws ConfigurationException if the configuration or the mapping cannot be used
   * @throws DatabaseException if a server cannot be used
   * @throws JobFailedException if another process has the target open, or a server fails
   */
  public static Jobs open(Config config, JobOptions options, ProgressListener progress)
      throws DatabaseException, JobFailedException {
    Deque<AutoCloseable> open = new ArrayDeque<>();
    boolean isOpen = false;
    try {
      Jobs jobs = new Jobs(config, options, progress, open);
      isOpen = true;
      return jobs;
    } catch (SQLException e) {
      throw new JobFailedException(FailureText.line(e), e);
    } catch (FlywayException e) {
      throw new JobFailedException(
          "the target's own tables could not be made: " + e.getMessage(), e);
    } finally {
      if (!isOpen) {
        ResourceCloser.all(open);
      }
    }
  }

  private Jobs(
      Config config, JobOptions options, ProgressListener progress, Deque<AutoCloseable> open)
      throws DatabaseException, JobFailedException, SQLException {
    Retry.use(new RetryPolicy(config.run().deadline(), progress::say));
    Conflicts conflicts = conflicts(config, options);
    mapped = TargetTables.read(config, options.limits());
    Database database = config.requireTarget();
    place = database.place();
    checkApart(config, database, progress);
    // A connection for each range and a few for the rest; more than the ranges would use is never
    // opened.
    int connections = options.partitions() + 5;
    source = Sources.open(config.source(), options.limits(), connections, open);
    target = Pools.open("target", database, connections);
    open.push(target);
    Politeness polite = Politeness.open(config, options.maxRate(), progress::say);
    open.push(polite);
    Companions companions = Companions.open(config, target, mapped::hasTable, open);
    // Each step may be done again: a server that goes while a run begins is waited for like later.
    TargetLock lock =
        Retry.retrying(() -> Optional.ofNullable(TargetLock.take(target))).orElse(null);
    if (lock == null) {
      throw new JobFailedException(TargetLock.busy(target, place));
    }
    open.push(lock);
    Retry.retrying(() -> makeTables(lock));
    Retry.retrying(() -> renameFileKeys(config, progress));
    check = new SourceCheck(source, config.source(), options.isSourceMoved(), false, progress::say);
    checked = checkSource();
    Retry.connected(
        target,
        connection -> {
          TargetMappings.enter(connection, source.name(), mapped, progress::say);
          return true;
        });
    Retry.retrying(() -> new LongStatement(target).run(c -> createTables(c, companions)));
    WritingTarget writing = WritingTarget.open(database, options.partitions());
    open.push(writing);
    Coordinator coordinator = coordinator(config, options, lock, progress);
    if (coordinator != null) {
      open.push(coordinator);
    }
    environment =
        new JobEnvironment(
            config.source(),
            source,
            target,
            writing,
            lock,
            new Ledger(source.name(), mapped.fingerprint()),
            new FoundColumns(source.name()),
            new SaveIds(),
            mapped,
            companions,
            besideColumn(config),
            new Disagreements(
                source.name(),
                new CopyCheck(config.source().columns(), config.source().json()),
                target,
                lock),
            config.run().isBlobKept(),
            config.isBaseKept(),
            conflicts,
            config.run().changes(),
            options.engine(),
            options.limits(),
            options.maxDeleted() == null ? config.run().maxDeleted() : options.maxDeleted(),
            options.maxQuarantine() == null
                ? config.run().maxQuarantine()
                : options.maxQuarantine(),
            options.partitions(),
            polite,
            new SavesInHand(target, source.name()),
            new LastResort(),
            progress,
            new AtomicReference<>(),
            coordinator);
    open.push(
        Retry.retrying(
            () ->
                ControlPoll.begin(
                    target, polite, options.partitions(), this::stop, progress::say)));
    ledger = new LedgerChoices(environment);
    isFull = options.isFull();
    this.open.addAll(open);
  }

  /** Merging needs what no save has that was migrated without it: better said before all else. */
  private static Conflicts conflicts(Config config, JobOptions options) {
    Conflicts wanted = options.conflicts();
    Conflicts conflicts = wanted == null ? config.run().conflicts() : wanted;
    if (conflicts == Conflicts.MERGE && !config.isBaseKept()) {
      throw new ConfigurationException(
          "merge needs the BLOBs that both sides agreed on last, and 'target' does not keep them:"
              + " set keep_base: true there before you migrate");
    }
    if (conflicts == Conflicts.MERGE && config.source().splitBy() != null) {
      throw new ConfigurationException(
          "merge does not take a source that is split ('split_by'): use keep-target or"
              + " take-source");
    }
    return conflicts;
  }

  private @Nullable Coordinator coordinator(
      Config config, JobOptions options, TargetLock lock, ProgressListener progress)
      throws SQLException {
    WorkersOptions workers = options.workers();
    if (workers == null) {
      return null;
    }
    if (config.source().files() != null) {
      throw new ConfigurationException(
          "source.files: files are on one machine; --workers is for a source that is a table");
    }
    return Coordinator.open(
        workers,
        target,
        lock.generation(),
        Sameness.of(config, workers.version(), mapped.fingerprint()),
        progress::say);
  }

  private @Nullable BesideColumn besideColumn(Config config) throws SQLException {
    return Retry.connected(
            target,
            connection -> Optional.ofNullable(BesideColumn.open(connection, config, source)))
        .orElse(null);
  }

  private boolean makeTables(TargetLock lock) throws SQLException {
    lock.hold();
    try (Connection connection = target.getConnection()) {
      mapped.checkLedger(connection);
    }
    TargetSchema.migrate(target);
    lock.enter();
    return true;
  }

  private boolean createTables(Connection connection, Companions companions) throws SQLException {
    mapped.createTables(connection);
    companions.make(connection);
    return true;
  }

  private boolean renameFileKeys(Config config, ProgressListener progress) throws SQLException {
    if (config.source().files() == null) {
      return false;
    }
    try (Connection connection = target.getConnection()) {
      Ledger ledger = new Ledger(source.name(), mapped.fingerprint());
      long renamed = FileKeys.rename(connection, ledger, source);
      if (renamed > 0) {
        progress.say(
            renamed
                + " keys of the ledger lost a final .pkl or leading ./: a file's key is its path"
                + " without");
      }
      return renamed > 0;
    }
  }

  /**
   * Looks whether the source is the one that the ledger describes: after an outage its server may
   * be another one.
   *
   * @throws ConfigurationException if it is not
   */
  public SourceCheck.Result checkSource() throws SQLException {
    return Retry.connected(target, connection -> Transaction.run(connection, check::check));
  }

  /** The mapped tables must not be the source's. */
  private void checkApart(Config config, Database target, ProgressListener progress) {
    Database source = config.source().database();
    if (source != null && source.place().equals(target.place())) {
      progress.say("source and target are one schema, " + target.place());
    }
    if (source != null
        && source.place().equals(target.place())
        && mapped.hasTable(config.source().table())) {
      throw new ConfigurationException(
          "the mapping has a table '" + config.source().table() + "', which is the source's own");
    }
  }

  /** What commands choose from the ledger, and change in it, outside of a run. */
  public LedgerChoices ledger() {
    return ledger;
  }

  /** The fingerprint of the mapping that these jobs work under. */
  public MappingPrint mapping() {
    return MappingPrint.of(mapped.fingerprint());
  }

  /** What makes a run wait. */
  public Politeness polite() {
    return environment.polite();
  }

  /** Migrates every save that the target does not have. */
  public RunSummary migrate() throws JobFailedException {
    return run(JobMode.MIGRATE);
  }

  /** Tries saves that are in quarantine again. */
  public RunSummary retry(QuarantineList.Choice choice) throws JobFailedException {
    ledger.takeOut(choice);
    return migrate();
  }

  /**
   * Makes saves of the target anew from the source, and migrates what the target does not have.
   *
   * @throws ConfigurationException if one is no migrated save, or its row is gone from the source
   */
  public RunSummary repair(List<String> texts) throws JobFailedException {
    ledger.markDamaged(texts);
    return migrate();
  }

  /** Migrates what is new or changed, and deletes what is gone from the source. */
  public RunSummary backfill() throws JobFailedException {
    return run(JobMode.BACKFILL);
  }

  /**
   * Writes saves that the tables own, and that were edited, into the source.
   *
   * @param isMissedSaid whether to say which changes are not found, where some are not
   */
  public WritebackResult writeback(
      SaveChoice choice, WritebackOptions options, boolean isMissedSaid) throws JobFailedException {
    Retry.begin();
    complete();
    Writeback writeback = environment.writeback(options);
    if (writeback == null) {
      throw new ConfigurationException(
          "writeback: the source has to be a table that is read on its own server, without"
              + " source.files, source.replica and target.same-table");
    }
    try {
      return choice.isAll()
          ? writeback.run(isMissedSaid ? environment.progress()::say : line -> {}, steps())
          : writeback.run(ledger.condition(choice), steps());
    } catch (StoppedException e) {
      throw JobFailedException.stopped("stopped; run the same command again to continue");
    } catch (SQLException e) {
      throw new JobFailedException(FailureText.line(e), e);
    } finally {
      environment.polite().leave();
    }
  }

  private Writeback.Steps steps() {
    return new Writeback.Steps() {
      @Override
      public void pass() {
        Jobs.this.pass();
      }

      @Override
      public int saves(int most) {
        return environment.polite().saves(most);
      }

      @Override
      public long bytes(long most) {
        return environment.polite().bytes(most);
      }

      @Override
      public void looking(int saves) {
        environment.polite().read(saves, 0);
      }

      @Override
      public void wrote(long bytes) {
        environment.polite().read(0, bytes);
      }
    };
  }

  /**
   * Finds what saves are made like that are born in the tables.
   *
   * @return why that was not found out anew, in one line; null where it was
   */
  public @Nullable String templates() throws JobFailedException {
    try {
      return environment.templates().run(this::pass);
    } catch (StoppedException e) {
      throw JobFailedException.stopped("stopped; run the same command again to continue");
    } catch (SQLException e) {
      throw new JobFailedException(FailureText.line(e), e);
    } finally {
      environment.polite().leave();
    }
  }

  private void pass() {
    Runnable check =
        () -> {
          if (isStopped) {
            throw new StoppedException();
          }
        };
    environment.polite().pass(check);
    check.run();
  }

  /** Brings single saves up to date, without a run. */
  public KeyedSaves keyed() throws JobFailedException {
    try {
      complete();
      return new KeyedSaves(environment);
    } catch (SQLException e) {
      throw new JobFailedException(FailureText.line(e), e);
    }
  }

  /** Whether {@link #stop} was called. */
  public boolean isStopped() {
    return isStopped;
  }

  private RunSummary run(JobMode mode) throws JobFailedException {
    Retry.begin();
    complete();
    return batch().run(mode, () -> isStopped);
  }

  /** Started when first asked for: what writes back every second needs no Spring for it. */
  private BatchJobs batch() {
    BatchJobs started = batch;
    if (started == null) {
      started = BatchJobs.start(environment, checked, isFull);
      open.push(started);
      batch = started;
    }
    return started;
  }

  /** Ends the run that is under way after its batches. For any thread. */
  public void stop() {
    isStopped = true;
    RunState run = environment.current().get();
    if (run != null) {
      run.stop();
    }
  }

  /** Fills what the ledger of an earlier Picklift lacks. */
  private void complete() throws JobFailedException {
    try {
      long filled = Retry.connected(target, ArchiveChecksum::fill);
      if (filled > 0) {
        environment
            .progress()
            .say(
                "added the checksum of "
                    + SaveCount.of(filled, "that", "that")
                    + " an earlier Picklift archived");
      }
    } catch (SQLException e) {
      throw new JobFailedException(FailureText.line(e), e);
    }
    settle();
  }

  /** Finds out what became of saves that a process was writing into the source when it ended. */
  public void settle() throws JobFailedException {
    try {
      Writeback writeback =
          Retry.connected(target, Writeback::isUnsettled)
              ? environment.writeback(WritebackOptions.NONE)
              : null;
      if (writeback != null) {
        writeback.settle();
      }
    } catch (SQLException e) {
      throw new JobFailedException(FailureText.line(e), e);
    }
  }

  /** Compares every save of the source with what the target gives back, with nothing accepted. */
  public VerifyReport verify() throws JobFailedException {
    return verify(report());
  }

  /** Compares every save of the source with what the target gives back. */
  public VerifyReport verify(VerifyReport report) throws JobFailedException {
    return verify(report, new VerifyOptions.Scope.All());
  }

  /** Compares these saves of the source with what the target gives back. */
  public VerifyReport verify(VerifyReport report, VerifyOptions.Scope scope)
      throws JobFailedException {
    VerifyOptions how =
        VerifyOptions.all(environment.engine(), environment.limits(), environment.partitions())
            .of(scope);
    try (DirectVerify verify =
        new DirectVerify(
            environment.config(),
            how,
            source,
            target,
            mapped,
            environment.companions(),
            place,
            null)) {
      verify.run(report, environment.progress());
      verify.facts(report);
    } catch (SQLException e) {
      throw new JobFailedException(FailureText.line(e), e);
    } catch (IOException e) {
      throw new JobFailedException(String.valueOf(e.getMessage()), e);
    }
    return report;
  }

  private VerifyReport report() {
    return report(AcceptList.none(), null);
  }

  /** An empty report about this source and target. */
  public VerifyReport report(AcceptList accepted, @Nullable EarlierFindings baseline) {
    return new VerifyReport(source.name(), place, accepted, baseline);
  }

  @Override
  public void close() {
    ResourceCloser.all(open);
  }
}
