package io.picklift.app.job;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
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
  @Nullable JobExecution unfinished(Job job, String source, String mapping) {
    JobInstance instance = repository.getLastJobInstance(job.getName());
    if (instance == null) {
      return null;
    }
    JobExecution last = repository.getLastJobExecution(instance);
    if (last == null
        || last.getStatus() == BatchStatus.COMPLETED
        || last.getStatus() == BatchStatus.ABANDONED
        || !source.equals(last.getJobParameters().getString(SOURCE))
        || !mapping.equals(last.getJobParameters().getString(MAPPING))) {
      return null;
    }
    return last;
  }

  JobExecution start(Job job, String source, String mapping, String began)
      throws JobFailedException {
    JobParameters parameters =
        new JobParametersBuilder()
            .addString(SOURCE, source)
            .addString(MAPPING, mapping)
            .addString(BEGAN, began)
            .toJobParameters();
    try {
      return finished(operator.start(job, parameters));
    } catch (JobExecutionException e) {
      throw new JobFailedException("the job could not be started: " + e.getMessage(), e);
    }
  }

  /** Goes on where {@code last} ended, by failing or because its process was killed. */
  JobExecution restart(JobExecution last) throws JobFailedException {
    try {
      // Marked as running, but we have the lock: whoever ran it is dead.
      JobExecution ended = last.isRunning() ? operator.recover(last) : last;
      return finished(operator.restart(ended));
    } catch (JobExecutionException e) {
      throw new JobFailedException("the job could not be restarted: " + e.getMessage(), e);
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
  long sum(JobExecution execution, String rangeStep, String counter) {
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
