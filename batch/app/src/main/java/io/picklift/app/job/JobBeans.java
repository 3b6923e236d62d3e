package io.picklift.app.job;

import io.picklift.app.config.CountOrShare;
import io.picklift.app.job.repository.BatchContext;
import io.picklift.app.job.repository.ContextJson;
import io.picklift.app.job.repository.RetryingRepository;
import io.picklift.app.lock.TargetLock;
import io.picklift.app.source.SaveBatch;
import io.picklift.app.workers.Coordinator;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.repository.ExecutionContextSerializer;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskExecutor;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The jobs. Each is a partitioned step: ranges of keys, a few of them at a time, each read, decoded
 * and written batch by batch. The steps' own transaction manager does nothing: a batch is written
 * in one transaction that can be done again on a new connection, and the ledger, not the step's
 * position, is the truth about what was written.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration(BatchJdbcAutoConfiguration.class)
class JobBeans {
  static final String MIGRATE = "migrate";
  static final String BACKFILL = "backfill";
  static final String MIGRATE_RANGE = "migrateRange";
  static final String BACKFILL_RANGE = "backfillRange";

  /** Several ranges a thread: the last ones even out what some saves take longer than others. */
  private static final int RANGES_PER_THREAD = 4;

  /** Many more ranges than workers: a worker that dies gives back little, and all end together. */
  private static final int MOST_SHARED_RANGES = 1_024;

  private final JobEnvironment environment;
  private final JobRepository repository;

  JobBeans(JobEnvironment environment, JobRepository repository) {
    this.environment = environment;
    this.repository = repository;
  }

  /** Starts Spring with these beans alone. */
  static ConfigurableApplicationContext start(JobEnvironment environment) {
    return BatchContext.start(
        JobBeans.class,
        environment.target(),
        context -> context.registerBean(JobEnvironment.class, () -> environment));
  }

  @Bean
  static RetryingRepository retryingRepository(JobEnvironment environment) {
    return new RetryingRepository(environment.lock() instanceof TargetLock);
  }

  @Bean
  static ExecutionContextSerializer executionContextSerializer() {
    return new ContextJson();
  }

  @Bean
  static PlatformTransactionManager transactionManager(JobEnvironment environment) {
    return new JdbcTransactionManager(environment.target());
  }

  @Bean
  ThreadPoolTaskExecutor partitionExecutor() {
    ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
    executor.setCorePoolSize(environment.partitions());
    executor.setThreadNamePrefix("range-");
    executor.setDaemon(true);
    return executor;
  }

  @Bean
  Job migrateJob(Step migrateRange, Step closingRange, TaskExecutor partitionExecutor) {
    Tasklet analyze = new AnalyzeTasklet(environment);
    return new JobBuilder(MIGRATE, repository)
        .start(ranges(MIGRATE, migrateRange, partitionExecutor))
        .next(step("indexes", indexes()))
        .next(step("statistics", analyze))
        .next(closing(closingRange, partitionExecutor))
        .next(step("gone", (step, context) -> goneTasklet(null).execute(step, context)))
        .next(step("companions", companions(null)))
        .build();
  }

  @Bean
  Job backfillJob(Step backfillRange, Step closingRange, TaskExecutor partitionExecutor) {
    CountOrShare bound = environment.maxDeleted();
    return new JobBuilder(BACKFILL, repository)
        .start(ranges(BACKFILL, backfillRange, partitionExecutor))
        .next(step("indexes", indexes()))
        .next(step("gone", (step, context) -> goneTasklet(bound).execute(step, context)))
        .next(closing(closingRange, partitionExecutor))
        .next(step("companions", companions(bound)))
        .build();
  }

  /**
   * Copies the tables beside the saves.
   *
   * @param bound how many rows of each may be deleted; null where none is to be
   */
  private Tasklet companions(@Nullable CountOrShare bound) {
    return (contribution, context) -> {
      RunState run = environment.run();
      environment.keepBlobs();
      run.companions(
          environment
              .companions()
              .copy(
                  environment.lock(),
                  run.began(),
                  bound,
                  run::check,
                  environment.polite(),
                  run::note));
      return RepeatStatus.FINISHED;
    };
  }

  private Tasklet indexes() {
    return new IndexTasklet(
        environment.target(), environment.mapped().mapping(), environment.partitions());
  }

  private GoneTasklet goneTasklet(@Nullable CountOrShare bound) {
    return new GoneTasklet(environment, bound);
  }

  private Step step(String name, Tasklet tasklet) {
    Tasklet leaving =
        (contribution, context) -> {
          try {
            return tasklet.execute(contribution, context);
          } finally {
            // Whoever is done keeps no other from working.
            environment.polite().leave();
          }
        };
    return new StepBuilder(name, repository)
        .tasklet(leaving, new ResourcelessTransactionManager())
        .build();
  }

  private Step ranges(String name, Step worker, TaskExecutor executor) {
    boolean isCompared = name.equals(BACKFILL);
    Coordinator coordinator = environment.coordinator();
    if (coordinator != null && coordinator.isMigrationAlone() && isCompared) {
      coordinator = null;
    }
    Partitioner partitioner = new KeyRanges(environment, name, isCompared, coordinator);
    if (coordinator == null) {
      return partitioned(name, partitioner, worker, executor);
    }
    return new StepBuilder(name, repository)
        .partitioner(worker.getName(), partitioner)
        .partitionHandler(
            coordinator.handler(
                worker.getName(),
                MOST_SHARED_RANGES,
                repository,
                new SharedOut(environment, coordinator)))
        .build();
  }

  private Step closing(Step worker, TaskExecutor executor) {
    return partitioned("closing", KeyRanges.again(environment, "closing"), worker, executor);
  }

  private Step partitioned(
      String name, Partitioner partitioner, Step worker, TaskExecutor executor) {
    return new StepBuilder(name, repository)
        .partitioner(worker.getName(), partitioner)
        .step(worker)
        .gridSize(environment.partitions() * RANGES_PER_THREAD)
        .taskExecutor(executor)
        .build();
  }

  @Bean
  Step closingRange() {
    return step("closingRange", new ClosingTasklet(environment));
  }

  @Bean
  Step migrateRange(
      SaveBatchReader migrateReader, DecodeProcessor decodeProcessor, StoreWriter storeWriter) {
    return range(MIGRATE_RANGE, migrateReader, decodeProcessor, storeWriter);
  }

  @Bean
  Step backfillRange(
      SaveBatchReader backfillReader, DecodeProcessor decodeProcessor, StoreWriter storeWriter) {
    return range(BACKFILL_RANGE, backfillReader, decodeProcessor, storeWriter);
  }

  /** The step over one range, for one attempt of a worker: its parts are made anew each time. */
  static Step attempt(
      String name, JobMode mode, JobRepository repository, JobEnvironment environment) {
    WriteUnderWay underWay = new WriteUnderWay();
    return range(
        name,
        repository,
        environment.reader(mode, underWay),
        environment.processor(),
        environment.writer(underWay));
  }

  private <T> Step range(
      String name,
      SaveBatchReader reader,
      ItemProcessor<SaveBatch, T> processor,
      ItemWriter<T> writer) {
    return range(name, repository, reader, processor, writer);
  }

  private static <T> Step range(
      String name,
      JobRepository repository,
      SaveBatchReader reader,
      ItemProcessor<SaveBatch, T> processor,
      ItemWriter<T> writer) {
    return new StepBuilder(name, repository)
        .<SaveBatch, T>chunk(1)
        .transactionManager(new ResourcelessTransactionManager())
        .reader(reader)
        .processor(processor)
        .writer(writer)
        .listener((StepExecutionListener) reader)
        .build();
  }

  @Bean
  @StepScope
  SaveBatchReader migrateReader(WriteUnderWay underWay) {
    return environment.reader(JobMode.MIGRATE, underWay);
  }

  @Bean
  @StepScope
  SaveBatchReader backfillReader(WriteUnderWay underWay) {
    return environment.reader(JobMode.BACKFILL, underWay);
  }

  @Bean
  @StepScope
  WriteUnderWay underWay() {
    return new WriteUnderWay();
  }

  @Bean
  @StepScope
  DecodeProcessor decodeProcessor() {
    return environment.processor();
  }

  @Bean
  @StepScope
  StoreWriter storeWriter(WriteUnderWay underWay) {
    return environment.writer(underWay);
  }
}
