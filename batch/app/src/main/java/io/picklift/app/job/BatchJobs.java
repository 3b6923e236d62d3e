package io.picklift.app.job;

import io.picklift.app.account.RunSummary;
import io.picklift.app.account.SourceCheck;
import java.util.function.BooleanSupplier;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.context.ConfigurableApplicationContext;

/** Spring with the jobs over the whole source. */
final class BatchJobs implements AutoCloseable {
  private final ConfigurableApplicationContext context;
  private final JobRuns runs;

  private BatchJobs(ConfigurableApplicationContext context, JobRuns runs) {
    this.context = context;
    this.runs = runs;
  }

  /** Starts Spring; see {@link JobRuns} for the parameters. */
  static BatchJobs start(JobEnvironment environment, SourceCheck.Result checked, boolean isFull) {
    ConfigurableApplicationContext context = JobBeans.start(environment);
    Launcher launcher =
        new Launcher(context.getBean(JobOperator.class), context.getBean(JobRepository.class));
    return new BatchJobs(context, new JobRuns(environment, launcher, checked, isFull));
  }

  RunSummary run(JobMode mode, BooleanSupplier isStopped) throws JobFailedException {
    String bean = mode == JobMode.MIGRATE ? "migrateJob" : "backfillJob";
    return runs.run(mode, context.getBean(bean, Job.class), isStopped);
  }

  @Override
  public void close() {
    context.close();
  }
}
