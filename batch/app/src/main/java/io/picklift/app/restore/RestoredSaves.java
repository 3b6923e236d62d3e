package io.picklift.app.restore;

import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.account.LedgerReport;
import io.picklift.app.config.Config;
import io.picklift.app.config.Database;
import io.picklift.app.control.ControlPoll;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.Pools;
import io.picklift.app.database.ResourceCloser;
import io.picklift.app.database.Retry;
import io.picklift.app.database.Snapshot;
import io.picklift.app.decode.DecodeNotes;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.encoding.text.DjangoSigner;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.lock.TargetLock;
import io.picklift.app.rebuild.RebuildException;
import io.picklift.app.rebuild.RebuiltSave;
import io.picklift.app.rebuild.SaveRebuilder;
import io.picklift.app.source.ProgressListener;
import io.picklift.app.source.SaveKey;
import io.picklift.app.target.MigratedTarget;
import io.picklift.app.target.TargetMappings;
import io.picklift.app.target.TargetSchema;
import io.picklift.app.target.TargetTables;
import io.picklift.app.throttle.Politeness;
import io.picklift.app.workers.WorkersOptions;
import io.picklift.app.workers.lease.Sameness;
import io.picklift.app.workers.scan.SharedScan;
import io.picklift.codec.Limits;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The saves of a target as BLOBs again: from its tables and what is archived beside them, without a
 * look at the source.
 */
public final class RestoredSaves implements AutoCloseable {
  /** Takes each BLOB and keeps none: whether saves can be restored is all that is asked. */
  public static final Sink NOWHERE =
      new Sink() {
        @Override
        public void save(SaveKey key, byte[] blob) {
          // It could be made, which is what was asked.
        }

        @Override
        public boolean isForAnyThread() {
          return true;
        }
      };

  private final Deque<AutoCloseable> open;
  private final Config config;
  private final DataSource target;
  private final TargetTables mapped;
  private final Limits limits;
  private final int threads;
  private @Nullable DjangoSigner signer;
  private DecodingEngine.@Nullable Name reader;

  private RestoredSaves(
      Deque<AutoCloseable> open,
      Config config,
      DataSource target,
      TargetTables mapped,
      Limits limits,
      int threads) {
    this.open = open;
    this.config = config;
    this.target = target;
    this.mapped = mapped;
    this.limits = limits;
    this.threads = threads;
  }

  /** Where restored BLOBs go. */
  public interface Sink {
    /** One BLOB and the key it was of. */
    void save(SaveKey key, byte[] blob) throws SQLException, IOException;

    /** Whether several threads may give it saves at a time, in any order. */
    default boolean isForAnyThread() {
      return false;
    }

    /** What was done before, where all saves are restored and an earlier restore was killed. */
    default RestoreProgress before() {
      return RestoreProgress.NONE;
    }

    /**
     * All saves so far are done, those that could not be restored included.
     *
     * @return whether they are done for good, and need not come again if the target goes away
     */
    default boolean done(RestoreProgress progress) throws SQLException {
      return true;
    }

    /** From now on all saves so far are done for good. */
    default void keep() throws SQLException {}

    /**
     * The target was away: what was not done for good comes again.
     *
     * @throws SQLException where it still is
     */
    default void again() throws SQLException {}
  }

  /** {@link #open(Config, Limits, int)} for one save at a time. */
  public static RestoredSaves open(Config config, Limits limits)
      throws DatabaseException, SQLException {
    return open(config, limits, 1);
  }

  /**
   * Connects to the target alone, and checks that it holds saves of this mapping. Takes no lock: a
   * save is read as it was at one moment.
   *
   * @param limits of a save that has the heap alone
   * @param threads how many parts of all saves are restored at a time, where their sink allows it
   */
  public static RestoredSaves open(Config config, Limits limits, int threads)
      throws DatabaseException, SQLException {
    Deque<AutoCloseable> open = new ArrayDeque<>();
    boolean isOpen = false;
    try {
      TargetTables mapped = TargetTables.read(config, limits);
      Database database = config.requireTarget();
      HikariDataSource target = Pools.open("target", database, threads + 3);
      open.push(target);
      Retry.retrying(() -> checked(target, config, mapped));
      isOpen = true;
      return new RestoredSaves(open, config, target, mapped, limits, threads);
    } finally {
      if (!isOpen) {
        ResourceCloser.all(open);
      }
    }
  }

  private static boolean checked(DataSource target, Config config, TargetTables mapped)
      throws SQLException {
    try (Connection connection = target.getConnection()) {
      MigratedTarget.check(connection, config.requireTarget());
      TargetMappings.check(connection, config.source().label(), mapped);
      return true;
    }
  }

  /**
   * Signs changed saves whose BLOB is signed.
   *
   * @param by null where nobody has the key
   */
  public void sign(@Nullable DjangoSigner by) {
    signer = by;
  }

  /**
   * Has each BLOB read again before it is written, and compared with the target's rows.
   *
   * @param by null where it is not read again
   */
  public void readAgain(DecodingEngine.@Nullable Name by) {
    reader = by;
  }

  /**
   * A table of the target to restore into, made like the source's where there is none. Takes the
   * target's lock.
   */
  public RestoreTable table(String name) throws JobFailedException, SQLException {
    if (config.source().database() == null) {
      throw new ConfigurationException(
          "--table "
              + name
              + ": the source is files, so there is no table to make one like; use --out DIR");
    }
    if (mapped.hasTable(name) || name.regionMatches(true, 0, "picklift_", 0, 9)) {
      throw new ConfigurationException("--table " + name + ": is a table of the target itself");
    }
    TargetLock lock =
        Retry.retrying(() -> Optional.ofNullable(TargetLock.take(target))).orElse(null);
    if (lock == null) {
      throw new JobFailedException(TargetLock.busy(target, config.requireTarget().place()));
    }
    open.push(lock);
    return Retry.retrying(
        () -> {
          lock.hold();
          TargetSchema.migrate(target);
          lock.enter();
          return RestoreTable.open(config, target, lock, name);
        });
  }

  /**
   * Restores saves.
   *
   * @param keys as the ledger has them; empty for all
   */
  public RestoreSummary restore(List<String> keys, Sink sink) throws SQLException, IOException {
    return restore(keys, sink, RestoreSummary.Failures.IGNORED);
  }

  /** The same, and tells of each save that could not be restored. */
  public RestoreSummary restore(List<String> keys, Sink sink, RestoreSummary.Failures failures)
      throws SQLException, IOException {
    RestoreProgress before = keys.isEmpty() ? sink.before() : RestoreProgress.NONE;
    String source = config.source().label();
    try {
      if (keys.isEmpty() && sink.isForAnyThread()) {
        RestoreTally tally = new RestoreTally(before.summary(), failures);
        new ParallelRestore(
                target,
                source,
                threads,
                () -> restorer(sink, Limits.forSaves(threads)),
                () -> restorer(sink, limits))
            .run(tally, failures);
        return tally.summary();
      }
      OrderedRestore ordered =
          new OrderedRestore(target, source, restorer(sink, limits), sink, failures, before);
      if (keys.isEmpty()) {
        ordered.all();
      }
      for (String key : keys) {
        ordered.one(key, config.source().key().size());
      }
      return ordered.summary();
    } catch (UncheckedIOException e) {
      throw Objects.requireNonNull(e.getCause());
    }
  }

  /**
   * Has workers restore all saves into a table.
   *
   * @param isOver asked again and again: whether to leave the rest
   * @throws IOException where it was left, or workers failed
   */
  public RestoreSummary share(
      RestoreTable table,
      WorkersOptions workers,
      RestoreSummary.Failures failures,
      ProgressListener progress,
      BooleanSupplier isOver)
      throws DatabaseException, SQLException, IOException {
    String source = config.source().label();
    String fingerprint = HexFormat.of().formatHex(mapped.fingerprint());
    String same =
        Sameness.with(
            Sameness.of(config, workers.version(), mapped.fingerprint()),
            DjangoSigner.same(signer));
    AtomicBoolean isStopped = new AtomicBoolean();
    // What makes a restore wait is each worker's own; the coordinator takes orders for all.
    Politeness polite = Politeness.open(config, null, progress::say);
    open.push(polite);
    open.push(
        Retry.retrying(
            () ->
                ControlPoll.begin(
                    target, polite, threads, () -> isStopped.set(true), progress::say)));
    try (SharedScan scan = SharedScan.open(target, table.lock(), workers, same, progress)) {
      SharedRestore shared = new SharedRestore(scan, target, source);
      RestoreSummary summary =
          shared.run(
              table.name(),
              String.join("\n", source, fingerprint, table.name()),
              table.isEmpty(),
              failures,
              progress,
              () -> isStopped.get() || isOver.getAsBoolean());
      if (summary == null) {
        throw new IOException(
            "stopped; the restored rows stay in the table: run the same command again to continue");
      }
      table.forget();
      shared.done();
      return summary;
    }
  }

  private SaveRestorer restorer(Sink sink, Limits ofSave) {
    return new SaveRestorer(
        new SaveRebuilder(mapped.tables().within(ofSave), ofSave),
        config.source().key().size(),
        sink,
        signer,
        reader == null ? null : new ReadBack(reader, ofSave, config.source()));
  }

  /**
   * What the target gives for one save, as it is at one moment.
   *
   * @return null where the target has no such save, or has it in quarantine
   * @throws RebuildException if its rows and archive give none
   */
  public @Nullable RebuiltSave rebuilt(SaveKey key) throws SQLException, RebuildException {
    List<RebuildException> failure = new ArrayList<>();
    Optional<RebuiltSave> found =
        Retry.retrying(
            () ->
                Snapshot.read(
                    target,
                    connection -> {
                      try {
                        return Optional.ofNullable(rebuilt(connection, key));
                      } catch (RebuildException e) {
                        failure.add(e);
                        return Optional.<RebuiltSave>empty();
                      }
                    }));
    if (!failure.isEmpty()) {
      throw failure.get(0);
    }
    return found.orElse(null);
  }

  private @Nullable RebuiltSave rebuilt(Connection connection, SaveKey key)
      throws SQLException, RebuildException {
    List<LedgerSave> found = LedgerSave.of(connection, config.source().label(), key);
    if (found.isEmpty() || !found.get(0).isMigrated()) {
      return null;
    }
    LedgerSave save = found.get(0);
    SaveRebuilder rebuilder = new SaveRebuilder(mapped.tables(), limits);
    return rebuilder.rebuild(rebuilder.stored(connection, List.of(save.saveId())), save.migrated());
  }

  /** What stands behind the source's pickles and is none. */
  public DecodeNotes decoded() throws SQLException {
    return Retry.retrying(
        () -> {
          try (Connection connection = target.getConnection()) {
            return LedgerReport.notes(connection, config.source().label());
          }
        });
  }

  @Override
  public void close() {
    ResourceCloser.all(open);
  }
}
