package io.picklift.app.verify;

import io.picklift.app.config.SourceConfig;
import io.picklift.app.database.Retry;
import io.picklift.app.decode.BlobDecoder;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.memory.LastResort;
import io.picklift.app.memory.SpareReader;
import io.picklift.app.proof.ProofTable;
import io.picklift.app.proof.SourceHash;
import io.picklift.app.rebuild.SaveRebuilder;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import io.picklift.app.target.Ledger;
import io.picklift.app.target.TargetTables;
import io.picklift.app.verify.RoomyVerifier.Usual;
import io.picklift.codec.Limits;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.LongPredicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Makes what verifies rows, one for each thread. They share one {@link LastResort}: a save that
 * needs the heap alone has it alone. For any thread.
 */
final class VerifierFactory {
  static final int LEAST_SAMPLE = 20;

  /** One of so many saves is decoded by the engine in Python as well. */
  private static final int OTHER_ENGINE_SHARE = 100;

  private final SourceConfig config;
  private final VerifyOptions options;
  private final SaveSource source;
  private final DataSource target;
  private final TargetTables mapped;
  private final boolean hasProofs;
  private final LastResort lastResort = new LastResort();

  private VerifierFactory(
      SourceConfig config,
      VerifyOptions options,
      SaveSource source,
      DataSource target,
      TargetTables mapped,
      boolean hasProofs) {
    this.config = config;
    this.options = options;
    this.source = source;
    this.target = target;
    this.mapped = mapped;
    this.hasProofs = hasProofs;
  }

  /** Asks the target whether it has a table for what is proven. */
  static VerifierFactory of(
      SourceConfig config,
      VerifyOptions options,
      SaveSource source,
      DataSource target,
      TargetTables mapped)
      throws SQLException {
    boolean hasProofs =
        Retry.retrying(
            () -> {
              try (Connection connection = target.getConnection()) {
                return ProofTable.isThere(connection);
              }
            });
    return new VerifierFactory(config, options, source, target, mapped, hasProofs);
  }

  /**
   * For one thread beside others: what it lacks memory for, it verifies with nothing else at work.
   */
  Usual beside(DecodingEngine.Name engine) {
    RowVerifier rows = rows(engine);
    RoomyVerifier roomy = roomy(engine);
    return keys -> roomy.verify(rows::verify, keys);
  }

  /** What verifies stretches of a pass. */
  StretchVerifiers stretches() {
    OtherEngine python = new OtherEngine(() -> rows(DecodingEngine.Name.JYTHON));
    RoomyVerifier roomyPython = roomy(DecodingEngine.Name.JYTHON);
    RoomyVerifier roomy = roomy(options.engine());
    Usual other = keys -> roomyPython.verify(python::verify, keys);
    return new StretchVerifiers(() -> stretches(roomy, other));
  }

  /** The same in a process that a save may end. */
  WatchedStretches watched() {
    return new WatchedStretches(stretches(), lastResort);
  }

  /** Which saves the engine in Python decodes as well, by their places after those before. */
  LongPredicate otherSample(long rows, long before) {
    if (!options.isOtherSampled()) {
      return place -> false;
    }
    long sample = Math.max(LEAST_SAMPLE, rows / OTHER_ENGINE_SHARE);
    return place ->
        sample >= rows || (before + place) * sample / rows != (before + place + 1) * sample / rows;
  }

  private StretchVerifier stretches(RoomyVerifier roomy, Usual other) {
    VerifyOptions.Proofs proofs = options.proofs();
    boolean isBelieved =
        options.engine() == DecodingEngine.Name.FAST
            && (proofs == VerifyOptions.Proofs.USED || proofs == VerifyOptions.Proofs.KEPT);
    boolean isKept = proofs == VerifyOptions.Proofs.KEPT || proofs == VerifyOptions.Proofs.RENEWED;
    ProvenSaves proven =
        hasProofs && isBelieved
            ? new ProvenSaves(source, target, ledger(), mapped.tables(), hash())
            : null;
    RowVerifier rows = rows(options.engine());
    return new StretchVerifier(
        target,
        keys -> roomy.verify(rows::verify, keys),
        other,
        keys -> proven(proven, keys),
        hasProofs && isKept);
  }

  private Ledger ledger() {
    return new Ledger(source.name(), mapped.fingerprint());
  }

  private SourceHash hash() {
    return new SourceHash(config, mapped.fingerprint());
  }

  /** Of these keys those that are proven already, none of them where that takes too much memory. */
  private Set<SaveKey> proven(@Nullable ProvenSaves proven, Set<SaveKey> keys) throws SQLException {
    Set<SaveKey> found =
        proven == null || keys.isEmpty() ? Set.of() : lastResort.beside(() -> proven.among(keys));
    return found == null ? Set.of() : found;
  }

  private RoomyVerifier roomy(DecodingEngine.Name engine) {
    return new RoomyVerifier(
        lastResort,
        () ->
            new RowVerifier(
                    source,
                    target,
                    ledger(),
                    verifier(engine, options.alone()),
                    keys -> SpareReader.readAlone(source, keys, true))
                ::verify);
  }

  private RowVerifier rows(DecodingEngine.Name engine) {
    return new RowVerifier(source, target, ledger(), verifier(engine, options.limits()));
  }

  private SaveVerifier verifier(DecodingEngine.Name engine, Limits limits) {
    SaveVerifier verifier =
        new SaveVerifier(
            new SaveRebuilder(mapped.tables().within(limits), limits),
            BlobDecoder.of(engine, limits, config),
            engine != DecodingEngine.Name.FAST,
            new CopyCheck(config.columns(), mapped.hasDocumentBeside() ? null : config.json()),
            hash());
    boolean isFull =
        options.proofs() == VerifyOptions.Proofs.RENEWED
            || options.proofs() == VerifyOptions.Proofs.IGNORED;
    return verifier.computing(isFull);
  }
}
