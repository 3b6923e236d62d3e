package io.picklift.app.job;

import io.picklift.app.config.SourceConfig;
import io.picklift.app.decode.BlobDecoder;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.decode.SaveDecoder;
import io.picklift.app.rebuild.SaveRebuilder;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.source.SaveSource;
import io.picklift.app.target.FoundColumns;
import io.picklift.app.target.Ledger;
import io.picklift.app.target.SavePreparer;
import io.picklift.app.target.SaveStore;
import io.picklift.app.target.TargetLock;
import io.picklift.app.target.TargetTables;
import io.picklift.app.verify.CopyCheck;
import io.picklift.app.verify.SaveVerifier;
import io.picklift.codec.Limits;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;

/**
 * What all steps of a process share.
 *
 * @param lock held as long as anything is written into the target
 * @param report where verifying puts what it finds
 * @param partitions how many ranges are worked on at a time
 */
record JobEnvironment(
    SourceConfig config,
    SaveSource source,
    DataSource target,
    TargetLock lock,
    Ledger ledger,
    FoundColumns columns,
    TargetTables mapped,
    DecodingEngine.Name engine,
    Limits limits,
    int partitions,
    Progress progress,
    AtomicReference<VerifyReport> report) {

  SaveVerifier verifier() {
    return new SaveVerifier(
        new SaveRebuilder(mapped.tables(), limits),
        blobs(),
        engine != DecodingEngine.Name.FAST,
        new CopyCheck(config.columns(), config.json()));
  }

  SaveDecoder decoder() {
    return new SaveDecoder(blobs(), limits);
  }

  private BlobDecoder blobs() {
    return new BlobDecoder(engine, limits, config.encoding());
  }

  SavePreparer preparer() {
    return new SavePreparer(mapped.tables());
  }

  SaveStore store() {
    return new SaveStore(target, lock, ledger, mapped.mapping(), columns);
  }

  SaveBatchReader reader(JobMode mode) {
    return new SaveBatchReader(source, target, ledger, mode, progress);
  }
}
