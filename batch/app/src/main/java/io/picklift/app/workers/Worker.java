package io.picklift.app.workers;

import io.picklift.app.database.Retry;
import io.picklift.app.workers.broker.BrokerAddress;
import io.picklift.app.workers.broker.BrokerException;
import io.picklift.app.workers.broker.PartitionQueue;
import io.picklift.app.workers.broker.PartitionQueue.Received;
import io.picklift.app.workers.lease.HeldLease;
import io.picklift.app.workers.lease.SharedRun;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes leases and works on their ranges until it is told to stop. Outlives coordinators: it waits
 * for the next one. For any thread.
 */
public final class Worker {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final long RECEIVE_MILLIS = 500;
  private static final long PATIENCE_MILLIS = 1_000;

  /** How long a thread that has nothing in hand may take to see that it is to stop. */
  private static final long LEAVE_MILLIS = 3_000;

  private static final long LOOK_MILLIS = 100;

  private final DataSource target;
  private final BrokerAddress broker;
  private final Work work;
  private final String name;
  private final Consumer<String> say;
  private final Set<Attempt> underWay = ConcurrentHashMap.newKeySet();
  private final Set<Thread> busy = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable Exception> refused = new AtomicReference<>();
  private volatile boolean isStopped;
  private volatile boolean isTold;

  /** What is done with a lease. */
  public interface Work {
    /**
     * Makes an attempt.
     *
     * @throws io.picklift.schema.yaml.ConfigurationException where this worker is not like its
     *     coordinator
     */
    Attempt begin(HeldLease lease, SharedRun run) throws SQLException;

    /** Refuses a run that this worker is not made for. */
    void check(SharedRun run);
  }

  /**
   * @param name who this is, for people to read
   * @param say is told in one line what whoever watches should know
   */
  public Worker(
      DataSource target, BrokerAddress broker, Work work, String name, Consumer<String> say) {
    this.target = target;
    this.broker = broker;
    this.work = work;
    this.name = name;
    this.say = say;
  }

  /**
   * Works until {@link #stop} is called.
   *
   * @param threads how many ranges at a time
   */
  public void run(int threads) {
    List<Thread> all = new ArrayList<>();
    for (int i = 1; i <= threads; i++) {
      Thread thread = new Thread(this::loop, "worker-" + i);
      thread.setDaemon(true);
      all.add(thread);
      thread.start();
    }
    for (Thread thread : all) {
      join(thread);
    }
    Exception why = refused.get();
    if (why instanceof RuntimeException runtime) {
      throw runtime;
    }
  }

  /**
   * A thread that waits for a broker that fell silent is left behind: it takes nothing any more.
   */
  private void join(Thread thread) {
    long quiet = 0;
    try {
      while (thread.isAlive() && quiet < LEAVE_MILLIS) {
        thread.join(LOOK_MILLIS);
        quiet = isStopped && !busy.contains(thread) ? quiet + LOOK_MILLIS : 0;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while workers end", e);
    }
  }

  /** Ends all attempts after the batch at hand, and gives back what is left of them. */
  public void stop() {
    isStopped = true;
    underWay.forEach(Attempt::stop);
  }

  private void loop() {
    while (!isStopped) {
      try (PartitionQueue queue = open()) {
        while (queue != null && !isStopped) {
          Received received = queue.receive(RECEIVE_MILLIS);
          if (received != null) {
            busy(queue, received);
          }
        }
      } catch (BrokerException e) {
        tell(e.getMessage() + "; waiting for it");
        pause();
      } catch (SQLException e) {
        // It may wait as long again: a worker outlives what its coordinator gives up.
        Retry.begin();
        tell("the target cannot be used: " + e.getMessage() + "; waiting for it");
        pause();
      } catch (RuntimeException e) {
        LOG.debug("the worker ends", e);
        refused.compareAndSet(null, e);
        stop();
      }
    }
  }

  /** Null after a while without a coordinator. */
  private @Nullable PartitionQueue open() throws SQLException, BrokerException {
    String queue =
        Retry.connected(target, c -> Optional.ofNullable(SharedRun.madeQueueName(c))).orElse(null);
    if (queue == null) {
      tell("no run shares its work out on this target yet; waiting for one");
      pause();
      return null;
    }
    PartitionQueue open = PartitionQueue.open(broker, queue, true);
    if (isTold) {
      isTold = false;
      say.accept("connected to the broker at " + broker.place());
    }
    return open;
  }

  private void busy(PartitionQueue queue, Received received) throws SQLException, BrokerException {
    busy.add(Thread.currentThread());
    try {
      // Whoever is told to stop before it is seen to be busy may be left behind.
      if (!isStopped) {
        take(queue, received);
      }
    } finally {
      busy.remove(Thread.currentThread());
    }
  }

  private void take(PartitionQueue queue, Received received) throws SQLException, BrokerException {
    SharedRun run =
        Retry.connected(target, c -> Optional.ofNullable(SharedRun.read(c))).orElse(null);
    if (run == null || run.generation().number() != received.message().generation()) {
      queue.acknowledge(received);
      return;
    }
    work.check(run);
    HeldLease lease =
        HeldLease.take(
            target,
            run.generation(),
            received.message().leaseId(),
            received.message().epoch(),
            name);
    queue.acknowledge(received);
    if (lease != null) {
      attempt(lease, run);
    }
  }

  /** To get ready for the first range of a run may take longer than a lease. */
  private void attempt(HeldLease lease, SharedRun run) throws SQLException {
    try (Heart heart = Heart.begin(lease, run.leaseMillis())) {
      Attempt attempt = work.begin(lease, run);
      underWay.add(attempt);
      try {
        heart.follow(attempt);
        if (isStopped) {
          attempt.stop();
        }
        attempt.run();
        attempt.end();
      } finally {
        underWay.remove(attempt);
      }
    }
  }

  private void tell(String line) {
    if (!isTold) {
      isTold = true;
      say.accept(line);
    }
  }

  private void pause() {
    try {
      Thread.sleep(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      isStopped = true;
    }
  }
}
