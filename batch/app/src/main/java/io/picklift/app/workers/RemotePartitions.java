package io.picklift.app.workers;

import io.picklift.app.database.UncheckedSqlException;
import io.picklift.app.job.repository.ContextJson;
import io.picklift.app.job.repository.RecordsLostException;
import io.picklift.app.workers.lease.Leases;
import io.picklift.app.workers.lease.Leases.Lease;
import io.picklift.app.workers.lease.Progress;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.partition.PartitionHandler;
import org.springframework.batch.core.partition.StepExecutionSplitter;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * Has workers run a step's partitions. Spring Batch's own handler waits without an end for a worker
 * that died, and gives each partition out once; this one follows leases, gives those of silent
 * workers to others, and asks for what changed and not for every partition.
 */
final class RemotePartitions implements PartitionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(RemotePartitions.class);
  private static final long POLL_MILLIS = 250;

  /** What fails with so many workers is not the worker's fault. */
  private static final int MOST_FAILURES = 3;

  /** A save that ends its process is quarantined long before. */
  private static final int MOST_DEATHS = 30;

  private final String step;
  private final int partitions;
  private final JobRepository repository;
  private final Leases leases;
  private final Offers offers;
  private final SharedWork work;
  private final Consumer<String> say;

  private final Grace grace;
  private final Splits splits;

  /** The current attempt at each lease that is not done. */
  private final Map<Long, StepExecution> open = new HashMap<>();

  /** How far the attempts of each lease are, all together. */
  private final Map<Long, Progress> told = new HashMap<>();

  /** How often each lease failed; those whose workers were silent are not among it. */
  private final Map<Long, Integer> failed = new HashMap<>();

  RemotePartitions(
      String step,
      int partitions,
      JobRepository repository,
      Leases leases,
      Offers offers,
      SharedWork work,
      Consumer<String> say) {
    this.step = step;
    this.partitions = partitions;
    this.repository = repository;
    this.leases = leases;
    this.offers = offers;
    this.work = work;
    this.say = say;
    grace = new Grace(leases.leaseMillis());
    splits = new Splits(leases.leaseMillis());
  }

  @Override
  public Collection<StepExecution> handle(StepExecutionSplitter splitter, StepExecution manager)
      throws JobExecutionException {
    try {
      leases.clear();
      work.enter(manager.getJobExecutionId());
      for (StepExecution partition : splitter.split(manager, partitions)) {
        long lease = leases.offer(step, partition.getId());
        open.put(lease, partition);
        offers.offer(lease, 1);
      }
      return followed();
    } catch (SQLException e) {
      throw new UncheckedSqlException(e);
    } finally {
      open.clear();
      told.clear();
      failed.clear();
      revoke();
    }
  }

  private List<StepExecution> followed() throws SQLException {
    List<StepExecution> done = new ArrayList<>();
    while (!open.isEmpty()) {
      work.check();
      List<Lease> current = leases.current();
      grace.looked();
      if (!current.isEmpty()) {
        offers.working();
      }
      // Of an attempt that has ended, all that it gave up is there.
      takeRests();
      for (Lease lease : current) {
        StepExecution execution = open.get(lease.id());
        if (execution != null) {
          look(lease, execution, done);
        }
      }
      for (Lease lease : splits.tooLong(current, open.size())) {
        leases.split(lease);
        splits.asked(lease);
      }
      offers.look();
      pause();
    }
    return done;
  }

  /** Makes leases of what workers gave up of ranges that took too long. */
  private void takeRests() throws SQLException {
    for (Leases.Rest rest : leases.rests()) {
      StepExecution of = open.get(rest.leaseId());
      if (of == null) {
        throw new RemoteFailureException("a range of keys was split that nobody had");
      }
      of.setExecutionContext(ContextJson.read(rest.kept()));
      StepExecution next =
          repository.createStepExecution(step + ":rest" + rest.id(), of.getJobExecution());
      next.setExecutionContext(ContextJson.read(rest.rest()));
      repository.updateExecutionContext(next);
      long lease = leases.offer(step, next.getId());
      leases.taken(rest);
      open.put(lease, next);
      offers.offer(lease, 1);
      splits.split(rest.leaseId());
    }
  }

  private void look(Lease lease, StepExecution execution, List<StepExecution> done)
      throws SQLException {
    tell(lease);
    switch (lease.state()) {
      case HELD -> {
        if (lease.isSilent() && grace.isOver() && leases.expire(lease)) {
          say.accept(
              "worker "
                  + lease.worker()
                  + " did not report for too long: its range of keys is given to another");
          work.died(lease.token());
          // It may have given up a part after they were taken last: another one begins without it.
          takeRests();
          again(lease, execution);
        }
      }
      case EXPIRED, RETURNED -> again(lease, execution);
      case FAILED -> {
        if (failed.merge(lease.id(), 1, Integer::sum) >= MOST_FAILURES) {
          throw new RemoteFailureException(
              Objects.requireNonNullElse(lease.failure(), "workers failed"));
        }
        say.accept("worker " + lease.worker() + ": " + lease.failure() + "; another tries");
        again(lease, execution);
      }
      case DONE -> {
        work.result(leases.counted(lease.id()));
        execution.setStatus(BatchStatus.COMPLETED);
        execution.setExitStatus(ExitStatus.COMPLETED);
        execution.setReadCount(lease.progress().visited());
        execution.setFilterCount(lease.progress().unchanged());
        execution.setWriteCount(lease.progress().handedOn());
        done.add(execution);
        open.remove(lease.id());
        splits.done(lease.id());
      }
    }
  }

  /** Tells what is done since the last look; another attempt visits rows again. */
  private void tell(Lease lease) {
    Progress before = told.getOrDefault(lease.id(), Progress.NONE);
    Progress now = lease.progress().max(before);
    if (!now.equals(before)) {
      told.put(lease.id(), now);
      work.done(now.minus(before));
    }
  }

  /** Offers a range again, as another step execution. */
  private void again(Lease lease, StepExecution last) throws SQLException {
    if (lease.failures() >= MOST_DEATHS) {
      throw new RemoteFailureException(
          "a range of keys was given to " + MOST_DEATHS + " workers, and none reported back");
    }
    StepExecution next = repository.createStepExecution(last.getStepName(), last.getJobExecution());
    next.setExecutionContext(last.getExecutionContext());
    repository.updateExecutionContext(next);
    fail(lease);
    Long epoch = leases.again(lease.id(), next.getId());
    if (epoch == null) {
      throw new RemoteFailureException(
          "the lease on a range of keys is not as its coordinator left it");
    }
    open.put(lease.id(), next);
    offers.offer(lease.id(), epoch);
  }

  /**
   * The lease was taken away before: what the worker says of this attempt from now on is not heard.
   */
  private void fail(Lease lease) {
    StepExecution stored = repository.getStepExecution(lease.stepExecutionId());
    if (stored == null || !stored.getStatus().isRunning()) {
      return;
    }
    try {
      stored.setStatus(BatchStatus.FAILED);
      stored.setExitStatus(ExitStatus.FAILED);
      stored.setEndTime(LocalDateTime.now(ZoneId.systemDefault()));
      repository.update(stored);
    } catch (RecordsLostException e) {
      LOG.debug("its worker has entered how it ended meanwhile", e);
    }
  }

  private void revoke() {
    try {
      leases.revoke();
    } catch (SQLException e) {
      // Whatever led here is thrown already, and the next run's generation ends the leases.
      LOG.info("leases stay in the target until the next run", e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while workers work", e);
    }
  }
}
