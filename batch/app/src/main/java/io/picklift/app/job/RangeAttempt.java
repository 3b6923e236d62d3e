package io.picklift.app.job;

import io.picklift.app.source.ProgressListener;
import io.picklift.app.workers.Attempt;
import io.picklift.app.workers.lease.HeldLease;
import io.picklift.app.workers.lease.HeldLease.End;
import io.picklift.app.workers.lease.LeaseResult;
import io.picklift.app.workers.lease.Progress;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/** A worker's attempt at a range: the step of a run that is not shared out, under a lease. */
final class RangeAttempt implements Attempt, ProgressListener {
  private final HeldLease lease;
  private final RunState run;
  private final long jobExecutionId;
  private final JobRepository repository;
  private final RangeSteps steps;
  private final JobEnvironment environment;

  private final LongAdder visited = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder mappedRows = new LongAdder();
  private volatile @Nullable StepExecution execution;
  private End end = End.FAILED;
  private @Nullable String failure;

  /** Makes the step of an attempt. */
  interface RangeSteps {
    org.springframework.batch.core.step.Step step(String name, JobEnvironment environment);
  }

  RangeAttempt(
      HeldLease lease,
      RunState run,
      long jobExecutionId,
      JobRepository repository,
      JobEnvironment shared,
      RangeSteps steps)
      throws SQLException {
    this.lease = lease;
    this.run = run;
    this.jobExecutionId = jobExecutionId;
    this.repository = repository;
    this.steps = steps;
    environment = shared.of(lease.fence(), run, lease.grant().token(), this);
  }

  @Override
  public void run() {
    try {
      StepExecution found = repository.getStepExecution(lease.grant().stepExecutionId());
      if (found == null
          || found.getJobExecutionId() != jobExecutionId
          || found.getStatus() != BatchStatus.STARTING) {
        failure = "the job repository does not know the step execution that the lease is for";
        return;
      }
      execution = found;
      steps.step(lease.grant().step(), environment).execute(found);
      ended(found);
    } catch (JobInterruptedException e) {
      end = End.RETURNED;
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void ended(StepExecution step) {
    List<Throwable> failures = step.getFailureExceptions();
    if (step.getStatus() == BatchStatus.COMPLETED && failures.isEmpty()) {
      end = End.DONE;
    } else if (lease.fence().isLost() || FailureText.isStopped(failures)) {
      end = End.RETURNED;
    } else {
      fail(failures.isEmpty() ? null : failures.get(0));
    }
  }

  private void fail(@Nullable Throwable why) {
    end = End.FAILED;
    JobFailedException known = why == null ? null : FailureText.known(why);
    failure = String.valueOf(known == null ? why : known.getMessage());
  }

  @Override
  public void end() throws SQLException {
    environment.inHand().leave();
    List<String> conflicts = run.conflicts().stream().map(key -> key.text()).sorted().toList();
    LeaseResult result = new LeaseResult(conflicts, run.scan().text());
    boolean unused = lease.end(end, progress(), result, failure);
  }

  @Override
  public Progress progress() {
    StepExecution step = execution;
    // The step's own counts are there at its end.
    return new Progress(
        visited.sum(),
        step == null ? 0 : step.getFilterCount(),
        step == null ? 0 : step.getWriteCount(),
        run.written().sum(),
        run.quarantined().sum(),
        bytes.sum(),
        mappedRows.sum());
  }

  @Override
  public void stop() {
    run.stop();
  }

  @Override
  public void start(String what, long rows) {
    // The coordinator's steps begin, and not an attempt's.
  }

  @Override
  public void done(long rows) {
    visited.add(rows);
  }

  @Override
  public void worked(long saves, long blobBytes) {
    bytes.add(blobBytes);
  }

  @Override
  public void wrote(long saves, long quarantined, long rows, long nanos) {
    mappedRows.add(rows);
  }
}
