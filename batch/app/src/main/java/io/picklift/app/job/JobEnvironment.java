package io.picklift.app.job;

import io.picklift.app.config.SourceConfig;
import io.picklift.app.report.ColumnCheck;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.source.Engine;
import io.picklift.app.source.SaveSource;
import io.picklift.codec.Limits;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * What all steps of a process share.
 *
 * @param tables makes access to the mapped tables for one thread
 * @param report where verifying puts what it finds
 * @param partitions how many ranges are worked on at a time
 */
record JobEnvironment(
    SourceConfig config,
    SaveSource source,
    DataSource target,
    Ledger ledger,
    FoundColumns columns,
    Supplier<MappedTables> tables,
    Engine.Name engine,
    Limits limits,
    int partitions,
    Progress progress,
    AtomicReference<VerifyReport> report) {

  SaveVerifier verifier() {
    return new SaveVerifier(tables.get(), limits, new ColumnCheck(config.columns()), config.json());
  }

  SaveDecoder decoder() {
    return new SaveDecoder(Engine.create(engine, limits), limits, config.encoding());
  }

  SaveStore store() {
    return new SaveStore(target, ledger, tables.get(), columns);
  }

  SaveBatchReader reader(JobMode mode) {
    return new SaveBatchReader(source, target, ledger, mode, progress);
  }
}
