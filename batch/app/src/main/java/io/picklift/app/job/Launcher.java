package io.picklift.app.job;

import io.picklift.app.database.ServerErrors;
import io.picklift.app.job.repository.RecordsLostException;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.function.LongSupplier;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/** Starts jobs. The caller holds the target's lock. */
final class Launcher {
  private static final String SOURCE = "source";
  private static final String MAPPING = "mapping";
  private static final String ROUND = "round";

  /** When the run began, in the target's time; also what makes a run's identity. */
  private static final String BEGAN = "began";

  private final JobOperator operator;
  private final JobRepository repository;

  Launcher(JobOperator operator, JobRepository repository) {
    this.operator = operator;
    this.repository = repository;
  }

  /**
   * Starts a job anew. What an earlier run did not finish is not gone on with where Spring Batch
   * holds it to be: the ledger says what is to be done.
   *
   * @param round tells apart those that one run starts
   * @param written how many saves were written so far
   */
  JobExecution start(
      Job job, String source, String mapping, String began, int round, LongSupplier written)
      throws JobFailedException {
    JobParameters parameters =
        new JobParametersBuilder()
            .addString(SOURCE, source)
            .addString(MAPPING, mapping)
            .addString(BEGAN, began)
            .addLong(ROUND, (long) round)
            .toJobParameters();
    return finished(
        told(
            "the job could not be started: ",
            () -> {
              endDead(job);
              return operator.start(job, parameters);
            }),
        written);
  }

  /**
   * Ends the last execution, of which nothing runs any more: we have the lock, so whoever ran it is
   * dead. What it left as running, or as in doubt since the repository could not be told, has
   * failed; what was committed of it stands in the ledger.
   */
  private void endDead(Job job) {
    JobInstance instance = repository.getLastJobInstance(job.getName());
    JobExecution last = instance == null ? null : repository.getLastJobExecution(instance);
    if (last == null) {
      return;
    }
    LocalDateTime now = LocalDateTime.now(ZoneId.systemDefault());
    for (StepExecution step : last.getStepExecutions()) {
      if (isOpen(step.getStatus())) {
        step.setStatus(BatchStatus.FAILED);
        step.setExitStatus(ExitStatus.FAILED);
        step.setEndTime(now);
        repository.update(step);
      }
    }
    if (isOpen(last.getStatus())) {
      last.setStatus(BatchStatus.FAILED);
      last.setExitStatus(ExitStatus.FAILED);
      last.setEndTime(now);
      repository.update(last);
    }
  }

  private static boolean isOpen(BatchStatus status) {
    return status.isRunning() || status == BatchStatus.UNKNOWN;
  }

  private interface Work<T> {
    T run() throws JobExecutionException;
  }

  /**
   * Runs what needs the job repository. Where that is lost, the job's own last word is lost, too,
   * and the next run starts from the ledger.
   */
  private static <T> T told(String what, Work<T> work) throws JobFailedException {
    try {
      return work.run();
    } catch (JobExecutionException | RuntimeException e) {
      // Spring says of it what it takes for the reason, which may be another one.
      SQLException sql = ServerErrors.sql(e);
      if (sql != null) {
        throw new JobFailedException(FailureText.line(sql), e);
      }
      RecordsLostException lost = FailureText.lost(e);
      if (lost != null) {
        throw new JobFailedException(String.valueOf(lost.getMessage()), e);
      }
      if (e instanceof RuntimeException defect) {
        throw defect;
      }
      throw new JobFailedException(what + e.getMessage(), e);
    }
  }

  private JobExecution finished(JobExecution execution, LongSupplier written)
      throws JobFailedException {
    if (FailureText.isStopped(execution.getAllFailureExceptions())) {
      execution.setStatus(BatchStatus.STOPPED);
      execution.setExitStatus(ExitStatus.STOPPED);
      repository.update(execution);
    }
    if (execution.getStatus() != BatchStatus.COMPLETED) {
      throw FailureText.of(execution, written.getAsLong());
    }
    return execution;
  }
}
