package io.picklift.app.job;

import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.config.Config;
import io.picklift.app.config.ConfigException;
import io.picklift.app.config.Database;
import io.picklift.app.database.Closing;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.Pools;
import io.picklift.app.database.Retry;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.source.SaveSource;
import io.picklift.app.source.Sources;
import io.picklift.app.target.ArchiveChecksum;
import io.picklift.app.target.FileKeys;
import io.picklift.app.target.FoundColumns;
import io.picklift.app.target.Ledger;
import io.picklift.app.target.LedgerEntry;
import io.picklift.app.target.LedgerReport;
import io.picklift.app.target.NeverFound;
import io.picklift.app.target.RunSummary;
import io.picklift.app.target.TargetLock;
import io.picklift.app.target.TargetMappings;
import io.picklift.app.target.TargetSchema;
import io.picklift.app.target.TargetTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicReference;
import org.flywaydb.core.api.FlywayException;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

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
  private final ConfigurableApplicationContext context;
  private final Launcher launcher;

  /**
   * Connects, makes the target's tables and starts Spring.
   *
   * @throws ConfigException if the configuration or the mapping cannot be used
   * @throws DatabaseException if a server cannot be used
   * @throws JobFailedException if another process has the target open, or a server fails
   */
  public static Jobs open(Config config, JobOptions options, Progress progress)
      throws DatabaseException, JobFailedException {
    Deque<AutoCloseable> open = new ArrayDeque<>();
    boolean isOpen = false;
    try {
      Jobs jobs = new Jobs(config, options, progress, open);
      isOpen = true;
      return jobs;
    } catch (SQLException e) {
      throw new JobFailedException(Failures.line(e), e);
    } catch (FlywayException e) {
      throw new JobFailedException(
          "the target's own tables could not be made: " + e.getMessage(), e);
    } finally {
      if (!isOpen) {
        Closing.all(open);
      }
    }
  }

  private Jobs(Config config, JobOptions options, Progress progress, Deque<AutoCloseable> open)
      throws DatabaseException, JobFailedException, SQLException {
    mapped = TargetTables.read(config, options.limits());
    Database database = config.requireTarget();
    place = database.place();
    checkApart(config, database);
    // A connection for each range and a few for the rest; more than the ranges would use is never
    // opened.
    int connections = options.partitions() + 4;
    source = Sources.open(config.source(), options.limits(), connections, open);
    target = Pools.open("target", database, connections);
    open.push(target);
    TargetLock lock = TargetLock.take(target);
    if (lock == null) {
      throw new JobFailedException("another picklift works on " + place + " just now");
    }
    open.push(lock);
    TargetSchema.migrate(target);
    try (Connection connection = target.getConnection()) {
      TargetMappings.enter(connection, source.name(), mapped, progress::say);
      mapped.createTables(connection);
      if (config.source().files() != null) {
        long renamed =
            FileKeys.rename(connection, new Ledger(source.name(), mapped.fingerprint()), source);
        if (renamed > 0) {
          progress.say(
              renamed
                  + " keys of the ledger lost their final .pkl: a file's key is its path without");
        }
      }
    }
    environment =
        new JobEnvironment(
            config.source(),
            source,
            target,
            lock,
            new Ledger(source.name(), mapped.fingerprint()),
            new FoundColumns(source.name()),
            mapped,
            options.engine(),
            options.limits(),
            options.partitions(),
            progress,
            new AtomicReference<>(report()));
    context = spring(environment);
    open.push(context);
    launcher =
        new Launcher(context.getBean(JobOperator.class), context.getBean(JobRepository.class));
    this.open.addAll(open);
  }

  /** The mapped tables must not be the source's. */
  private void checkApart(Config config, Database target) {
    Database source = config.source().database();
    if (source != null
        && source.place().equals(target.place())
        && mapped.hasTable(config.source().table())) {
      throw new ConfigException(
          "the mapping has a table '" + config.source().table() + "', which is the source's own");
    }
  }

  private static ConfigurableApplicationContext spring(JobEnvironment environment) {
    return new SpringApplicationBuilder(JobBeans.class)
        .web(WebApplicationType.NONE)
        .bannerMode(org.springframework.boot.Banner.Mode.OFF)
        .logStartupInfo(false)
        .registerShutdownHook(false)
        .properties(
            "spring.batch.job.enabled=false",
            "spring.batch.jdbc.initialize-schema=never",
            "spring.batch.jdbc.table-prefix=PICKLIFT_BATCH_",
            "spring.batch.jdbc.isolation-level-for-create=read_committed")
        .initializers(
            (GenericApplicationContext context) -> {
              context.registerBean(JobEnvironment.class, () -> environment);
              context.registerBean(
                  "dataSource",
                  javax.sql.DataSource.class,
                  environment::target,
                  // Closed here, not by Spring.
                  definition -> definition.setDestroyMethodName(""));
            })
        .run();
  }

  /** Migrates every save that the target does not have; goes on with a run that did not end. */
  public RunSummary migrate() throws JobFailedException {
    complete();
    Job job = context.getBean("migrateJob", Job.class);
    JobExecution last = launcher.unfinished(job, source.name(), mappingId());
    JobExecution execution = last != null ? launcher.restart(last) : start(job);
    return summary(execution, JobBeans.MIGRATE_RANGE);
  }

  /** Migrates what is new or changed, and deletes what is gone from the source. */
  public RunSummary backfill() throws JobFailedException {
    complete();
    return summary(start(context.getBean("backfillJob", Job.class)), JobBeans.BACKFILL_RANGE);
  }

  /** Fills what the ledger of an earlier Picklift lacks. */
  private void complete() throws JobFailedException {
    try (Connection connection = target.getConnection()) {
      long filled = ArchiveChecksum.fill(connection);
      if (filled > 0) {
        environment
            .progress()
            .note("added the checksum of " + filled + " saves that an earlier Picklift archived");
      }
    } catch (SQLException e) {
      throw new JobFailedException(Failures.line(e), e);
    }
  }

  /** Compares every save of the source with what the target gives back. */
  public VerifyReport verify() throws JobFailedException {
    VerifyReport report = report();
    environment.report().set(report);
    start(context.getBean("verifyJob", Job.class));
    return report;
  }

  private VerifyReport report() {
    return new VerifyReport(source.name(), place);
  }

  private JobExecution start(Job job) throws JobFailedException {
    try {
      String began = Retry.retrying(this::now);
      return launcher.start(job, source.name(), mappingId(), began);
    } catch (SQLException e) {
      throw new JobFailedException(Failures.line(e), e);
    }
  }

  private String now() throws SQLException {
    try (Connection connection = target.getConnection()) {
      return LedgerReport.now(connection);
    }
  }

  private String mappingId() {
    return HexFormat.of().formatHex(mapped.fingerprint());
  }

  private RunSummary summary(JobExecution execution, String rangeStep) throws JobFailedException {
    long visited = launcher.sum(execution, rangeStep, SaveBatchReader.VISITED);
    long unchanged = launcher.sum(execution, rangeStep, SaveBatchReader.UNCHANGED);
    String began = String.valueOf(execution.getJobParameters().getString(Launcher.BEGAN));
    try {
      return Retry.retrying(() -> summary(began, visited, unchanged));
    } catch (SQLException e) {
      throw new JobFailedException(Failures.line(e), e);
    }
  }

  private RunSummary summary(String began, long visited, long unchanged) throws SQLException {
    try (Connection connection = target.getConnection()) {
      LedgerReport report = new LedgerReport(connection, source.name(), began);
      long migrated = report.written(LedgerEntry.Status.MIGRATED);
      long added = report.added(LedgerEntry.Status.MIGRATED);
      return new RunSummary(
          visited,
          unchanged,
          added,
          migrated - added,
          report.written(LedgerEntry.Status.DELETED),
          report.written(LedgerEntry.Status.QUARANTINED),
          report.total(LedgerEntry.Status.MIGRATED),
          report.quarantinedByReason(),
          report.quarantined(),
          NeverFound.lines(
              connection, source.name(), mapped, environment.columns().all(connection)),
          LedgerReport.values(connection, source.name()));
    }
  }

  @Override
  public void close() {
    Closing.all(open);
  }
}
