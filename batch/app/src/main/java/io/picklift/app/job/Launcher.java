package io.picklift.app.job;

import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

/** Starts jobs, or goes on with one that did not end. Whoever uses it holds the target's lock. */
final class Launcher {
  static final String SOURCE = "source";
  static final String MAPPING = "mapping";

  /** When the run began, in the target's time; also what makes a run's identity. */
  static final String BEGAN = "began";

  private final JobOperator operator;
  private final JobRepository repository;

  Launcher(JobOperator operator, JobRepository repository) {
    this.operator = operator;
    this.repository = repository;
  }

  /**
   * The last run of this job for this source and mapping, if it did not complete; null otherwise.
   */
  @Nullable JobExecution unfinished(Job job, String source, String mapping)
      throws JobFailedException {
    JobExecution last =
        told("the last run could not be looked up: ", () -> Optional.ofNullable(last(job)))
            .orElse(null);
    if (last == null
        || last.getStatus() == BatchStatus.COMPLETED
        || last.getStatus() == BatchStatus.ABANDONED
        || !source.equals(last.getJobParameters().getString(SOURCE))
        || !mapping.equals(last.getJobParameters().getString(MAPPING))) {
      return null;
    }
    return last;
  }

  private @Nullable JobExecution last(Job job) {
    JobInstance instance = repository.getLastJobInstance(job.getName());
    return instance == null ? null : repository.getLastJobExecution(instance);
  }

  JobExecution start(Job job, String source, String mapping, String began)
      throws JobFailedException {
    JobParameters parameters =
        new JobParametersBuilder()
            .addString(SOURCE, source)
            .addString(MAPPING, mapping)
            .addString(BEGAN, began)
            .toJobParameters();
    return finished(told("the job could not be started: ", () -> operator.start(job, parameters)));
  }

  /** Goes on where {@code last} ended, by failing or because its process was killed. */
  JobExecution restart(JobExecution last) throws JobFailedException {
    return finished(told("the job could not be restarted: ", () -> operator.restart(ended(last))));
  }

  /**
   * An execution of which nothing runs any more: we have the lock, so whoever ran it is dead. What
   * it left as running, or as in doubt since the repository could not be told, has failed; what was
   * committed of it stands in the ledger.
   */
  private JobExecution ended(JobExecution last) {
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
    return last;
  }

  private static boolean isOpen(BatchStatus status) {
    return status.isRunning() || status == BatchStatus.UNKNOWN;
  }

  private interface Work<T> {
    T run() throws JobExecutionException;
  }

  /**
   * Runs what needs the job repository. Where that is lost, the job's own last word is lost, too,
   * and the next run finds it as {@link #ended} has to.
   */
  private static <T> T told(String what, Work<T> work) throws JobFailedException {
    try {
      return work.run();
    } catch (JobExecutionException | RuntimeException e) {
      // Spring says of it what it takes for the reason, which may be another one.
      SQLException sql = Failures.sql(e);
      if (sql != null) {
        throw new JobFailedException(Failures.line(sql), e);
      }
      if (e instanceof RuntimeException defect) {
        throw defect;
      }
      throw new JobFailedException(what + e.getMessage(), e);
    }
  }

  private static JobExecution finished(JobExecution execution) throws JobFailedException {
    if (execution.getStatus() != BatchStatus.COMPLETED) {
      throw Failures.of(execution);
    }
    return execution;
  }

  /**
   * The sum of what the ranges of a run counted under this name, those that ended before a restart
   * included.
   */
  long sum(JobExecution execution, String rangeStep, String counter) throws JobFailedException {
    return told("the run could not be summed up: ", () -> counted(execution, rangeStep, counter));
  }

  private long counted(JobExecution execution, String rangeStep, String counter) {
    long sum = 0;
    for (int i = 1; ; i++) {
      StepExecution step =
          repository.getLastStepExecution(execution.getJobInstance(), rangeStep + ":range" + i);
      if (step == null) {
        return sum;
      }
      sum += step.getExecutionContext().getLong(counter, 0);
    }
  }
}
