package io.picklift.app.job;

import io.picklift.app.database.Retry;
import io.picklift.app.source.SaveKey;
import io.picklift.app.workers.Coordinator;
import io.picklift.app.workers.SharedWork;
import io.picklift.app.workers.lease.LeaseResult;
import io.picklift.app.workers.lease.Progress;
import io.picklift.app.workers.lease.SharedRun;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A run whose ranges other processes work on: what they did counts as if this one had done it. */
final class SharedOut implements SharedWork {
  private final JobEnvironment environment;
  private final Coordinator coordinator;
  private final AtomicInteger round = new AtomicInteger();

  SharedOut(JobEnvironment environment, Coordinator coordinator) {
    this.environment = environment;
    this.coordinator = coordinator;
  }

  @Override
  public void enter(long jobExecutionId) throws SQLException {
    RunState run = environment.run();
    SharedRun shared =
        new SharedRun(
            coordinator.generation(),
            round.incrementAndGet(),
            environment.source().name(),
            jobExecutionId,
            coordinator.same(),
            environment.engine().name(),
            environment.conflicts().name(),
            run.began(),
            run.before(),
            run.newest(),
            coordinator.leaseMillis(),
            coordinator.maxRate());
    Retry.connected(
        environment.target(),
        connection -> {
          shared.enter(connection);
          return true;
        });
  }

  /** The gauges that make a run wait are each worker's own, and its writing waits for them. */
  @Override
  public void check() {
    environment.run().stopIfTold();
  }

  @Override
  public void done(Progress more) {
    RunState run = environment.run();
    run.written().add(more.written());
    run.quarantined().add(more.quarantined());
    environment.progress().done(more.visited());
    environment.progress().read(more.handedOn(), more.bytes());
    environment.progress().worked(more.written(), more.bytes());
    environment.progress().wrote(more.written(), more.quarantined(), more.mappedRows(), 0);
    if (run.isFirstLook()) {
      environment.tellMisspelt();
    }
    StoreWriter.checkQuarantine(run, environment.maxQuarantine());
  }

  @Override
  public void result(LeaseResult result) {
    environment.run().scan().add(result.counts(), environment.source());
    for (String text : result.conflicts()) {
      @Nullable SaveKey key = SaveKey.of(text, environment.source());
      if (key != null) {
        environment.run().conflicts().add(key);
      }
    }
  }

  @Override
  public void died(String token) throws SQLException {
    environment.inHand().silent(token);
  }
}
