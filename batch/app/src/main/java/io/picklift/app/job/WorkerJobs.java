package io.picklift.app.job;

import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.beside.BesideColumn;
import io.picklift.app.bulk.WritingTarget;
import io.picklift.app.companion.Companions;
import io.picklift.app.config.Config;
import io.picklift.app.config.Conflicts;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.Pools;
import io.picklift.app.database.ResourceCloser;
import io.picklift.app.database.Retry;
import io.picklift.app.database.RetryPolicy;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.disagree.Disagreements;
import io.picklift.app.lock.Generation;
import io.picklift.app.lock.LifeSign;
import io.picklift.app.memory.LastResort;
import io.picklift.app.poison.SavesInHand;
import io.picklift.app.range.KeyRange;
import io.picklift.app.range.LedgerSums;
import io.picklift.app.range.Ranges;
import io.picklift.app.source.ProgressListener;
import io.picklift.app.source.SaveSource;
import io.picklift.app.source.Sources;
import io.picklift.app.target.FoundColumns;
import io.picklift.app.target.Ledger;
import io.picklift.app.target.SaveIds;
import io.picklift.app.target.TargetTables;
import io.picklift.app.throttle.Politeness;
import io.picklift.app.verify.CopyCheck;
import io.picklift.app.workers.Attempt;
import io.picklift.app.workers.SharedPace;
import io.picklift.app.workers.Worker;
import io.picklift.app.workers.broker.BrokerAddress;
import io.picklift.app.workers.lease.HeldLease;
import io.picklift.app.workers.lease.Sameness;
import io.picklift.app.workers.lease.SharedRun;
import io.picklift.app.workers.scan.ScanAttempt;
import io.picklift.app.workers.scan.ScanWork;
import io.picklift.codec.Limits;
import io.picklift.schema.yaml.ConfigurationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.context.ConfigurableApplicationContext;

/** A worker over one source and one target: works on ranges that another process shares out. */
public final class WorkerJobs implements Worker.Work, AutoCloseable {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Config config;
  private final int threads;
  private final String same;
  private final SaveSource source;
  private final HikariDataSource target;
  private final TargetTables mapped;
  private final Limits limits;
  private final Politeness polite;
  private final WritingTarget writing;
  private final LastResort lastResort = new LastResort();
  private final SaveIds ids = new SaveIds();
  private final SharedPace pace;
  private final LifeSign life;
  private final String name;
  private final Companions companions;
  private final List<ScanWork> scans;
  private @Nullable Prepared prepared;
  private @Nullable Summed sums;

  /** What attempts of one run share. */
  private record Prepared(
      Generation generation,
      int round,
      JobEnvironment environment,
      JobRepository repository,
      ConfigurableApplicationContext context,
      List<KeyRange> keys) {}

  /** What the ledger had of each range when this worker came to the run. */
  private record Summed(Prepared of, LedgerSums ranges) {}

  /**
   * Connects to source and target.
   *
   * @param threads how many ranges at a time
   * @param version of Picklift
   * @param name who this is, for people to read
   */
  public static WorkerJobs open(
      Config config, int threads, String version, String name, Consumer<String> say)
      throws DatabaseException, JobFailedException {
    return open(config, threads, version, name, say, List.of());
  }

  /**
   * The same, with work that is done beside that of {@code migrate} and {@code backfill}.
   *
   * @param scans closed with this
   */
  public static WorkerJobs open(
      Config config,
      int threads,
      String version,
      String name,
      Consumer<String> say,
      List<ScanWork> scans)
      throws DatabaseException, JobFailedException {
    Deque<AutoCloseable> open = new ArrayDeque<>();
    boolean isOpen = false;
    try {
      scans.forEach(open::push);
      WorkerJobs jobs = new WorkerJobs(config, threads, version, name, say, scans, open);
      isOpen = true;
      return jobs;
    } catch (SQLException e) {
      throw new JobFailedException(FailureText.line(e), e);
    } finally {
      if (!isOpen) {
        ResourceCloser.all(open);
      }
    }
  }

  private WorkerJobs(
      Config config,
      int threads,
      String version,
      String name,
      Consumer<String> say,
      List<ScanWork> scans,
      Deque<AutoCloseable> open)
      throws DatabaseException, SQLException {
    this.scans = List.copyOf(scans);
    if (config.source().files() != null) {
      throw new ConfigurationException(
          "source.files: files are on one machine; workers are for a source that is a table");
    }
    this.config = config;
    this.threads = threads;
    this.name = name;
    Retry.use(new RetryPolicy(config.run().deadline(), say));
    limits = Limits.forSaves(threads);
    mapped = TargetTables.read(config, limits);
    source = Sources.open(config.source(), limits, threads + 5, open);
    // Up to three for each range, one of which says that its lease is held, and that of the
    // process.
    target = Pools.open("target", config.requireTarget(), 3 * threads + 6);
    open.push(target);
    life = LifeSign.begin(target);
    open.push(life);
    polite = Politeness.open(config, null, say);
    open.push(polite);
    writing = WritingTarget.open(config.requireTarget(), threads);
    open.push(writing);
    companions = Companions.open(config, target, mapped::hasTable, open);
    pace = SharedPace.begin(target, polite, name);
    open.push(pace);
    same = Sameness.of(config, version, mapped.fingerprint());
    this.open.addAll(open);
  }

  /** Takes leases until it is stopped. */
  public Worker worker(BrokerAddress broker, Consumer<String> say) {
    return new Worker(target, broker, this, name, say);
  }

  @Override
  public void check(SharedRun run) {
    Map<String, String> more = new HashMap<>();
    scans.forEach(scan -> more.putAll(scan.same()));
    String different =
        run.source().equals(source.name())
            ? Sameness.difference(same, more, run.same())
            : "source.name";
    if (different != null) {
      throw new ConfigurationException(
          "this worker is not like its coordinator: "
              + different
              + " differs; give both the same, and start the worker again");
    }
  }

  @Override
  public Attempt begin(HeldLease lease, SharedRun run) throws SQLException {
    Prepared shared = prepared(run);
    for (ScanWork scan : scans) {
      if (scan.step().equals(lease.grant().step())) {
        return new ScanAttempt(
            lease,
            target,
            scan,
            polite,
            shared.repository(),
            SavesInHand.ofScan(target, source.name(), life.token()).attempt(lease.grant().token()));
      }
    }
    JobMode mode = mode(lease.grant().step());
    RunState state = new RunState(mode, run.began(), run.before(), run.newest(), polite);
    state.cut(0, Map.of(), shared.keys());
    state.of(lease);
    if (mode == JobMode.BACKFILL) {
      state.sums(sums(shared, run, state));
    }
    return new RangeAttempt(
        lease,
        state,
        run.jobExecutionId(),
        shared.repository(),
        shared.environment(),
        (name, environment) -> JobBeans.attempt(name, mode, shared.repository(), environment));
  }

  private static JobMode mode(String step) {
    return switch (step) {
      case JobBeans.MIGRATE_RANGE -> JobMode.MIGRATE;
      case JobBeans.BACKFILL_RANGE -> JobMode.BACKFILL;
      default ->
          throw new ConfigurationException(
              "the coordinator shares out work that this version of Picklift does not know");
    };
  }

  /**
   * What the ledger had of each range, read once a run. Of a range that another worker began, it
   * differs from the source as it did before: the rows are compared one by one then.
   */
  private synchronized LedgerSums sums(Prepared shared, SharedRun run, RunState state)
      throws SQLException {
    Summed known = sums;
    if (known == null || !known.of().equals(shared)) {
      SaveSource.Sums by = shared.keys().isEmpty() ? null : source.sums();
      LedgerSums ranges =
          by == null
              ? LedgerSums.NONE
              : LedgerSums.read(
                  target,
                  source.name(),
                  by.ledgerVersion(state.nearFrom(config.source().overlap())),
                  run.began(),
                  () -> {});
      known = new Summed(shared, ranges);
      sums = known;
    }
    return known.ranges();
  }

  private synchronized Prepared prepared(SharedRun run) throws SQLException {
    Prepared last = prepared;
    if (last != null && last.generation().equals(run.generation()) && last.round() == run.round()) {
      return last;
    }
    JobEnvironment environment = environment(run);
    ConfigurableApplicationContext context =
        last == null ? JobBeans.start(environment) : last.context();
    if (last == null) {
      open.push(context);
    }
    pace.keep(run.maxRate());
    Prepared next =
        new Prepared(
            run.generation(),
            run.round(),
            environment,
            context.getBean(JobRepository.class),
            context,
            List.copyOf(new Ranges(source, target, environment.lock()).known()));
    prepared = next;
    return next;
  }

  private JobEnvironment environment(SharedRun run) throws SQLException {
    NoFence fence = new NoFence();
    String label = source.name();
    return new JobEnvironment(
        config.source(),
        source,
        target,
        writing,
        fence,
        new Ledger(label, mapped.fingerprint()),
        new FoundColumns(label),
        ids,
        mapped,
        companions,
        beside(),
        new Disagreements(
            label, new CopyCheck(config.source().columns(), config.source().json()), target, fence),
        config.run().isBlobKept(),
        config.isBaseKept(),
        // A verification or a restore replaces no save, and the latter decodes none.
        run.conflicts().isEmpty() ? Conflicts.KEEP_TARGET : Conflicts.valueOf(run.conflicts()),
        config.run().changes(),
        run.engine().isEmpty()
            ? DecodingEngine.Name.FAST
            : DecodingEngine.Name.valueOf(run.engine()),
        limits,
        config.run().maxDeleted(),
        null,
        threads,
        polite,
        SavesInHand.ofWorker(target, label, life.token()),
        lastResort,
        ProgressListener.NONE,
        new AtomicReference<>(),
        null);
  }

  private @Nullable BesideColumn beside() throws SQLException {
    try (Connection connection = target.getConnection()) {
      return BesideColumn.open(connection, config, source);
    }
  }

  @Override
  public void close() {
    ResourceCloser.all(open);
  }
}
