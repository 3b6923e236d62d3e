package io.picklift.app.job;

import io.picklift.app.account.LedgerComparison;
import io.picklift.app.account.MissingColumns;
import io.picklift.app.account.QuarantineBlobs;
import io.picklift.app.beside.BesideColumn;
import io.picklift.app.birth.TemplateUpdate;
import io.picklift.app.bulk.WritingTarget;
import io.picklift.app.changes.ChangedSaves;
import io.picklift.app.companion.Companions;
import io.picklift.app.config.ChangesConfig;
import io.picklift.app.config.Conflicts;
import io.picklift.app.config.CountOrShare;
import io.picklift.app.config.SourceConfig;
import io.picklift.app.conflict.EditedSaves;
import io.picklift.app.conflict.SaveMerger;
import io.picklift.app.decode.BlobDecoder;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.decode.SaveDecoder;
import io.picklift.app.disagree.Disagreements;
import io.picklift.app.encoding.text.DjangoSigner;
import io.picklift.app.lock.Fence;
import io.picklift.app.lock.SourceGuard;
import io.picklift.app.lock.TargetLock;
import io.picklift.app.memory.LastResort;
import io.picklift.app.memory.SpareReader;
import io.picklift.app.poison.SavesInHand;
import io.picklift.app.range.LedgerSums;
import io.picklift.app.range.RangeComparison;
import io.picklift.app.range.Ranges;
import io.picklift.app.rebuild.SaveRebuilder;
import io.picklift.app.source.ProgressListener;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import io.picklift.app.source.TableSource;
import io.picklift.app.target.FoundColumns;
import io.picklift.app.target.Ledger;
import io.picklift.app.target.SaveIds;
import io.picklift.app.target.SavePreparer;
import io.picklift.app.target.SaveStore;
import io.picklift.app.target.TargetTables;
import io.picklift.app.throttle.Politeness;
import io.picklift.app.verify.CopyCheck;
import io.picklift.app.workers.Coordinator;
import io.picklift.app.writeback.Writeback;
import io.picklift.app.writeback.WritebackOptions;
import io.picklift.codec.Limits;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The objects that all steps of a process share.
 *
 * @param writing the target's connections for writing saves
 * @param lock held as long as anything is written into the target
 * @param inHand what the run is decoding
 * @param lastResort for saves that there is not enough memory for among others
 * @param polite how gently the run goes about its servers
 * @param companions tables beside the saves that are copied
 * @param beside the source's column that gets the documents; null for none
 * @param disagreements what copies beside the BLOBs say that the BLOBs do not
 * @param isBlobKept whether the BLOBs of quarantined saves are kept in the target
 * @param isBaseKept whether the target keeps each BLOB to merge by
 * @param conflicts what becomes of saves that changed on both sides
 * @param changes how a write-back finds saves that changed in the tables
 * @param maxDeleted how many saves one run may delete
 * @param maxQuarantine how many saves one run may quarantine; null for any number
 * @param partitions how many ranges are worked on at a time
 * @param coordinator shares ranges out to other processes; null where this one does all
 */
record JobEnvironment(
    SourceConfig config,
    SaveSource source,
    DataSource target,
    WritingTarget writing,
    Fence lock,
    Ledger ledger,
    FoundColumns columns,
    SaveIds ids,
    TargetTables mapped,
    Companions companions,
    @Nullable BesideColumn beside,
    Disagreements disagreements,
    boolean isBlobKept,
    boolean isBaseKept,
    Conflicts conflicts,
    ChangesConfig changes,
    DecodingEngine.Name engine,
    Limits limits,
    CountOrShare maxDeleted,
    @Nullable CountOrShare maxQuarantine,
    int partitions,
    Politeness polite,
    SavesInHand inHand,
    LastResort lastResort,
    ProgressListener progress,
    AtomicReference<@Nullable RunState> current,
    @Nullable Coordinator coordinator) {
  /** What of a save's share of the heap its SQL may take, before it is sent piece by piece. */
  private static final int TEXT_SHARE = 16;

  /** For one attempt of a worker at a range that was shared out. */
  JobEnvironment of(Fence fence, RunState run, String slot, ProgressListener told)
      throws SQLException {
    String name = source.name();
    SavesInHand hand = inHand.attempt(slot);
    hand.join();
    return new JobEnvironment(
        config,
        source,
        target,
        writing,
        fence,
        ledger,
        new FoundColumns(name),
        ids,
        mapped,
        companions,
        beside,
        new Disagreements(name, new CopyCheck(config.columns(), config.json()), target, fence),
        isBlobKept,
        isBaseKept,
        conflicts,
        changes,
        engine,
        limits,
        maxDeleted,
        null,
        partitions,
        polite,
        hand,
        lastResort,
        told,
        new AtomicReference<>(run),
        null);
  }

  /** The target's lock, which a worker does not have. */
  TargetLock targetLock() {
    if (lock instanceof TargetLock whole) {
      return whole;
    }
    throw new IllegalStateException("a worker has a lease and not the target's lock");
  }

  /** The run that is under way. */
  RunState run() {
    return Objects.requireNonNull(current.get(), "no run has begun");
  }

  /** Says what is plainly misspelt in mapping and configuration, while the run goes on. */
  void tellMisspelt() {
    try (Connection connection = target.getConnection()) {
      MissingColumns.misspelt(connection, source.name(), mapped, config.columns())
          .forEach(progress::say);
    } catch (SQLException e) {
      // A server that fails here fails for the run's own statements too, which tell it.
      progress.say("what is misspelt could not be looked for: " + FailureText.line(e));
    }
  }

  /** What the ledger has of each range now. */
  LedgerSums summedUp(SaveSource.Sums by) throws SQLException {
    RunState run = run();
    String version = by.ledgerVersion(run.nearFrom(config.overlap()));
    return LedgerSums.read(target, source.name(), version, run.began(), run::check);
  }

  /** Compares ranges with what the ledger had of them. */
  RangeComparison ranges(LedgerSums sums) {
    RunState run = run();
    return new RangeComparison(source, sums, run.nearFrom(config.overlap()), polite, run::check);
  }

  /** Enters in the ledger in which range these keys are. */
  void assign(Collection<SaveKey> keys, int range) throws SQLException {
    new Ranges(source, target, lock).assign(keys, range);
  }

  LedgerComparison comparison() {
    RunState run = run();
    return new LedgerComparison(source, target, run.began(), config.overlap(), run::comparedUpTo);
  }

  /** Keeps the BLOBs of quarantined saves, where the configuration says so. */
  void keepBlobs() throws SQLException {
    if (!isBlobKept) {
      return;
    }
    long tooLong = new QuarantineBlobs(source, target, lock).keep(run()::check);
    if (tooLong > 0) {
      run()
          .note(
              tooLong
                  + " BLOBs of quarantined saves are not kept: they are longer than the target's"
                  + " max_allowed_packet allows");
    }
  }

  SaveDecoder decoder() {
    return new SaveDecoder(blobs(), limits);
  }

  /**
   * What writes saves back into the source.
   *
   * @return null where the source is none that can be written
   */
  @Nullable Writeback writeback(WritebackOptions options) {
    if (!(source instanceof TableSource table) || beside != null) {
      return null;
    }
    DjangoSigner signer = DjangoSigner.of(System.getenv());
    return new Writeback(
        new Writeback.Parts(
            target,
            lock,
            table.locked(new SourceGuard(lock, target)),
            source.name(),
            config,
            () -> new SaveRebuilder(mapped.tables(), limits),
            this::blobs,
            signer,
            mapped.mapping(),
            maxDeleted,
            isBaseKept,
            new ChangedSaves(target, lock, source.name(), mapped.mapping(), changes),
            partitions),
        options);
  }

  /** Finds what saves are made like that are born in the tables. */
  TemplateUpdate templates() {
    return new TemplateUpdate(target, lock, source.name(), mapped.mapping(), limits);
  }

  private BlobDecoder blobs() {
    return BlobDecoder.of(engine, limits, config);
  }

  /** What saves may take that are ready to be written: a part of a batch, and the one before. */
  long partBytes() {
    return limits.memory() / TEXT_SHARE;
  }

  SavePreparer preparer() {
    return new SavePreparer(mapped.tables(), isBaseKept);
  }

  SaveStore store() {
    return new SaveStore(
        writing, lock, ledger, mapped.mapping(), columns, ids, beside, edits(), partBytes());
  }

  private SaveStore.@Nullable Edits edits() {
    return conflicts == Conflicts.TAKE_SOURCE
        ? null
        : new EditedSaves(
            new SaveRebuilder(mapped.tables(), limits),
            new SaveRebuilder(
                TargetTables.joining(mapped.mapping(), Limits.defaults()), Limits.defaults()),
            lastResort,
            conflicts == Conflicts.MERGE ? merger() : null);
  }

  private SaveMerger merger() {
    return new SaveMerger(
        mapped.mapping(),
        mapped.tables(),
        new SaveRebuilder(mapped.tables(), limits),
        blobs(),
        lastResort);
  }

  /** Reads saves while others are decoded. */
  SpareReader reader() {
    return new SpareReader(source, lastResort);
  }

  SaveBatchReader reader(JobMode mode, WriteUnderWay underWay) {
    return new SaveBatchReader(this, mode, underWay);
  }

  DecodeProcessor processor() {
    return new DecodeProcessor(
        decoder(), preparer(), partBytes(), lastResort, polite, disagreements, inHand);
  }

  /** Writes for the run that is under way. */
  StoreWriter writer(WriteUnderWay underWay) {
    return new StoreWriter(
        store(),
        run(),
        maxQuarantine,
        partBytes(),
        polite,
        disagreements,
        this::tellMisspelt,
        progress,
        underWay);
  }
}
