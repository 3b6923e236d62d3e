package io.picklift.app.workers.scan;

import io.picklift.app.database.Retry;
import io.picklift.app.database.ServerErrors;
import io.picklift.app.job.repository.ContextJson;
import io.picklift.app.lock.FencedTransaction;
import io.picklift.app.poison.SavesInHand;
import io.picklift.app.throttle.BenchWait;
import io.picklift.app.throttle.Politeness;
import io.picklift.app.workers.Attempt;
import io.picklift.app.workers.lease.HeldLease;
import io.picklift.app.workers.lease.HeldLease.End;
import io.picklift.app.workers.lease.LeaseResult;
import io.picklift.app.workers.lease.Progress;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;

/**
 * A worker's attempt at a range of a scan. Each stretch's result and the position behind it are
 * entered in one transaction that checks the lease: whoever comes next goes on there, and finds
 * each result once.
 */
public final class ScanAttempt implements Attempt {
  /** In a step's context: which range it is for. */
  static final String RANGE = "range";

  private final HeldLease lease;
  private final DataSource target;
  private final ScanWork work;
  private final Politeness polite;
  private final JobRepository repository;
  private final SavesInHand inHand;
  private volatile Progress progress = Progress.NONE;
  private volatile boolean isStopped;
  private End end = End.FAILED;
  private @Nullable String failure;

  /**
   * @param target two connections of which are taken at a time at most, beside that of the lease
   * @param inHand notes under the lease's token
   */
  public ScanAttempt(
      HeldLease lease,
      DataSource target,
      ScanWork work,
      Politeness polite,
      JobRepository repository,
      SavesInHand inHand) {
    this.lease = lease;
    this.target = target;
    this.work = work;
    this.polite = polite;
    this.repository = repository;
    this.inHand = inHand;
  }

  /** Thrown out of waiting, which is over with the attempt. */
  private static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @Override
  public void run() {
    StepExecution found = repository.getStepExecution(lease.grant().stepExecutionId());
    if (found == null || found.getStatus() != BatchStatus.STARTING) {
      failure = "the job repository does not know the step execution that the lease is for";
      return;
    }
    try {
      new StepBuilder(lease.grant().step(), repository)
          .tasklet(
              (contribution, context) -> {
                scan(found.getExecutionContext().getLong(RANGE));
                return RepeatStatus.FINISHED;
              },
              new ResourcelessTransactionManager())
          .build()
          .execute(found);
      ended(found);
    } catch (JobInterruptedException e) {
      end = End.RETURNED;
    } catch (RuntimeException e) {
      fail(e);
    } finally {
      polite.leave();
    }
  }

  private void scan(long rangeId) throws SQLException, IOException {
    ScanRange range =
        Retry.connected(target, c -> Optional.ofNullable(ScanTable.read(c, rangeId))).orElse(null);
    if (range == null) {
      throw new SQLException("picklift_scan_range has no range " + rangeId);
    }
    Map<String, String> settings = Retry.connected(target, ScanTable::settings);
    inHand.join();
    ScanWork.Cursor cursor = work.open(settings, range, polite, inHand);
    int number = range.results();
    long rows = range.doneRows();
    boolean isTooSmall = false;
    @Nullable String upTo = range.upTo();
    while (true) {
      pass();
      if (lease.isSplitWanted() && !isTooSmall) {
        ScanWork.Half half = cursor.halve();
        isTooSmall = half == null;
        if (half != null) {
          split(range, half, range.firstRow() + rows + half.rows());
          upTo = half.upTo();
        }
      }
      ScanWork.Stretch stretch = cursor.next();
      if (stretch == null) {
        break;
      }
      rows += stretch.rows();
      enter(range, number++, rows, stretch);
      polite.read(stretch.rows(), stretch.bytes());
      count(stretch);
    }
    String end = upTo;
    fenced(c -> ScanTable.done(c, rangeId, end));
  }

  private void split(ScanRange range, ScanWork.Half half, long firstRow) throws SQLException {
    lease.split(
        connection -> {
          long rest = ScanTable.split(connection, range.id(), half.upTo(), firstRow);
          return new HeldLease.Given(context(range.id()), context(rest));
        });
  }

  private static String context(long rangeId) {
    ExecutionContext context = new ExecutionContext();
    context.putLong(RANGE, rangeId);
    return ContextJson.text(context);
  }

  private void enter(ScanRange range, int number, long rows, ScanWork.Stretch stretch)
      throws SQLException {
    stretch.enter(
        () ->
            fenced(
                c -> {
                  ScanTable.enter(c, range, number, rows, stretch.last(), stretch.result(c));
                  BenchWait.of(stretch.rows());
                }));
  }

  private void fenced(FencedTransaction.Work write) throws SQLException {
    FencedTransaction.run(lease.fence(), target, write);
  }

  private void count(ScanWork.Stretch stretch) {
    Progress last = progress;
    progress =
        new Progress(
            last.visited() + stretch.rows(),
            0,
            last.handedOn() + stretch.rows(),
            0,
            0,
            last.bytes() + stretch.bytes(),
            0);
  }

  private void pass() {
    Runnable check =
        () -> {
          if (isStopped) {
            throw new StoppedException();
          }
        };
    polite.pass(check);
    check.run();
  }

  private void ended(StepExecution step) {
    Throwable why =
        step.getFailureExceptions().isEmpty() ? null : step.getFailureExceptions().get(0);
    if (step.getStatus() == BatchStatus.COMPLETED && why == null) {
      end = End.DONE;
    } else if (lease.fence().isLost() || isStopped) {
      end = End.RETURNED;
    } else {
      fail(why);
    }
  }

  private void fail(@Nullable Throwable why) {
    end = End.FAILED;
    SQLException sql = why == null ? null : ServerErrors.sql(why);
    if (sql != null) {
      failure = Objects.requireNonNullElse(sql.getMessage(), "the database refused");
    } else if (why instanceof IOException || why instanceof ConfigurationException) {
      failure = why.getMessage();
    } else {
      failure = String.valueOf(why);
    }
  }

  @Override
  public void end() throws SQLException {
    inHand.leave();
    boolean unused = lease.end(end, progress, LeaseResult.NONE, failure);
  }

  @Override
  public Progress progress() {
    return progress;
  }

  @Override
  public void stop() {
    isStopped = true;
  }
}
