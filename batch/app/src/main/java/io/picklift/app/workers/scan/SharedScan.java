package io.picklift.app.workers.scan;

import io.picklift.app.account.LedgerReport;
import io.picklift.app.database.Retry;
import io.picklift.app.database.ServerErrors;
import io.picklift.app.lock.FencedTransaction;
import io.picklift.app.lock.TargetLock;
import io.picklift.app.poison.SavesInHand;
import io.picklift.app.source.ProgressListener;
import io.picklift.app.source.Sha256;
import io.picklift.app.workers.Coordinator;
import io.picklift.app.workers.RemoteFailureException;
import io.picklift.app.workers.WorkersOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A scan whose ranges workers do, as its coordinator has it. The ranges and what was found in them
 * are rows of the target: a coordinator that is started again goes on with them.
 */
public final class SharedScan implements AutoCloseable {
  private final DataSource target;
  private final TargetLock lock;
  private final Coordinator coordinator;

  /**
   * What is to be done.
   *
   * @param step its name, by which workers know what to do
   * @param source as the ledger calls it
   * @param about whatever has to be the same for a scan to be gone on with, beside the source's
   *     last run
   * @param settings what workers have to know of it
   * @param cut makes its ranges, in their order
   */
  public record Plan(
      String step, String source, String about, Map<String, String> settings, Cut cut) {
    public Plan {
      settings = Map.copyOf(settings);
    }
  }

  /** Makes the ranges of a scan that begins. */
  public interface Cut {
    List<ScanRange> ranges() throws SQLException;
  }

  /** Is told what was found, in the order of the ranges. */
  public interface Found {
    void result(String result) throws IOException;
  }

  private SharedScan(DataSource target, TargetLock lock, Coordinator coordinator) {
    this.target = target;
    this.lock = lock;
    this.coordinator = coordinator;
  }

  /**
   * Starts the broker, or connects to it.
   *
   * @param lock the target's, whose tables are there
   * @param same what workers have to have in the same way
   */
  public static SharedScan open(
      DataSource target,
      TargetLock lock,
      WorkersOptions options,
      String same,
      ProgressListener progress)
      throws SQLException {
    return new SharedScan(
        target, lock, Coordinator.open(options, target, lock.generation(), same, progress::say));
  }

  /** The fewest saves that a range is worth a worker's while with. */
  public int leastSaves() {
    return coordinator.leastSaves();
  }

  /**
   * Makes the scan's ranges, unless it was begun before.
   *
   * @return how many rows were done before
   */
  public long begin(Plan plan) throws SQLException {
    String whole = plan.about() + "\n" + Retry.connected(target, c -> lastRun(c, plan.source()));
    String about = HexFormat.of().formatHex(Sha256.of(whole.getBytes(StandardCharsets.UTF_8)));
    boolean isBegun = Retry.connected(target, c -> ScanTable.isThere(c, plan.step(), about));
    if (!isBegun) {
      List<ScanRange> ranges = plan.cut().ranges();
      FencedTransaction.run(
          lock,
          target,
          c -> {
            ScanTable.forget(c);
            ScanTable.begin(c, plan.step(), about, plan.settings(), ranges);
          });
    }
    // Of workers that died while nobody followed them; others live on.
    SavesInHand.ofScan(target, plan.source(), null).begin();
    return Retry.connected(target, ScanTable::all).stream().mapToLong(ScanRange::doneRows).sum();
  }

  /** What was done before a later run wrote into the target is done again. */
  private static long lastRun(Connection connection, String source) throws SQLException {
    String sql = "SELECT COALESCE(MAX(run_id), 0) FROM picklift_run WHERE source_table = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, source);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /**
   * Has workers do what is left.
   *
   * @param isOver asked again and again: whether to leave the rest
   * @return whether all is done
   * @throws IOException where workers failed, in one line
   */
  public boolean run(Plan plan, ProgressListener progress, BooleanSupplier isOver)
      throws SQLException, IOException {
    List<ScanRange> open = Retry.connected(target, ScanTable::open);
    if (open.isEmpty()) {
      return true;
    }
    ScanRun run = new ScanRun(target, coordinator, plan, progress, isOver);
    try (ConfigurableApplicationContext context = ScanBeans.start(target)) {
      JobRepository repository = context.getBean(JobRepository.class);
      JobExecution execution =
          context
              .getBean(JobOperator.class)
              .start(
                  job(plan, open, repository, run),
                  new JobParametersBuilder()
                      .addString("source", plan.source())
                      .addString("began", Retry.connected(target, LedgerReport::now))
                      .addLong("generation", lock.generation().number())
                      .toJobParameters());
      if (execution.getStatus() != BatchStatus.COMPLETED && !run.isLeft()) {
        throw failure(execution.getAllFailureExceptions());
      }
      return execution.getStatus() == BatchStatus.COMPLETED;
    } catch (JobExecutionException e) {
      throw new IOException("the job could not be started: " + e.getMessage(), e);
    }
  }

  private Job job(Plan plan, List<ScanRange> open, JobRepository repository, ScanRun run) {
    Step step =
        new StepBuilder(plan.step() + "s", repository)
            .partitioner(plan.step(), gridSize -> contexts(open))
            .partitionHandler(coordinator.handler(plan.step(), open.size(), repository, run))
            .build();
    return new JobBuilder(plan.step(), repository).start(step).build();
  }

  private static Map<String, ExecutionContext> contexts(List<ScanRange> open) {
    Map<String, ExecutionContext> contexts = new LinkedHashMap<>();
    for (ScanRange range : open) {
      ExecutionContext context = new ExecutionContext();
      context.putLong(ScanAttempt.RANGE, range.id());
      contexts.put("range" + range.id(), context);
    }
    return contexts;
  }

  private static IOException failure(List<Throwable> failures) throws SQLException {
    for (Throwable failure : failures) {
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        if (cause instanceof RemoteFailureException) {
          return new IOException(cause.getMessage(), failure);
        }
      }
      SQLException sql = ServerErrors.sql(failure);
      if (sql != null) {
        throw sql;
      }
    }
    return new IOException(
        "workers could not do it: " + (failures.isEmpty() ? "no reason known" : failures.get(0)));
  }

  /** Tells what was found so far. */
  public void results(Found found) throws SQLException, IOException {
    for (ScanRange range : Retry.connected(target, ScanTable::all)) {
      for (int number = 0; number < range.results(); number++) {
        int one = number;
        found.result(Retry.connected(target, c -> ScanTable.result(c, range.id(), one)));
      }
    }
  }

  /** All is done and told: nothing to go on with. */
  public void forget() throws SQLException {
    FencedTransaction.run(lock, target, ScanTable::forget);
  }

  /**
   * The same by whoever did the scan's work without workers; the transaction is the caller's.
   *
   * @param step of the scan; one of another step stays
   */
  public static void forget(Connection connection, String step) throws SQLException {
    if (ScanTable.isOf(connection, step)) {
      ScanTable.forget(connection);
    }
  }

  @Override
  public void close() {
    coordinator.close();
  }
}
