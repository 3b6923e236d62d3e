package io.picklift.app.workers;

import io.picklift.app.workers.broker.BrokerAddress;
import io.picklift.app.workers.broker.BrokerException;
import io.picklift.app.workers.broker.PartitionMessage;
import io.picklift.app.workers.broker.PartitionQueue;
import io.picklift.app.workers.lease.Leases;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells workers which leases may be taken. What the broker loses is told again: the target knows
 * what is still to be taken. For the coordinator's thread.
 */
final class Offers implements AutoCloseable {
  private static final long FIRST_NANOS = 10_000_000_000L;
  private static final long MOST_NANOS = 300_000_000_000L;

  /** How long a broker within this process may take to answer for the first time. */
  private static final long OPEN_NANOS = 60_000_000_000L;

  /** That it cannot be reached is said no more often. */
  private static final long SAY_NANOS = 10_000_000_000L;

  private static final long PAUSE_MILLIS = 500;

  private final BrokerAddress address;
  private final String queue;
  private final long generation;
  private final Leases leases;
  private final Consumer<String> say;
  private @Nullable PartitionQueue open;
  private boolean isOwed;
  private long saidAt = System.nanoTime() - SAY_NANOS;
  private long quietSince = System.nanoTime();
  private long patience = FIRST_NANOS;

  private Offers(
      BrokerAddress address, String queue, long generation, Leases leases, Consumer<String> say) {
    this.address = address;
    this.queue = queue;
    this.generation = generation;
    this.leases = leases;
    this.say = say;
  }

  /**
   * Connects.
   *
   * @param isWithin whether the broker runs within this process: on a busy machine it may not
   *     answer in time, and is asked again for a minute
   */
  static Offers open(
      BrokerAddress address,
      String queue,
      long generation,
      Leases leases,
      Consumer<String> say,
      boolean isWithin)
      throws BrokerException {
    Offers offers = new Offers(address, queue, generation, leases, say);
    long began = System.nanoTime();
    while (offers.open == null) {
      try {
        offers.open = PartitionQueue.open(address, queue, false);
      } catch (BrokerException e) {
        if (!isWithin || System.nanoTime() - began > OPEN_NANOS) {
          throw e;
        }
        offers.sayAgain(e);
        pause();
      }
    }
    return offers;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the broker was waited for", e);
    }
  }

  private void sayAgain(BrokerException why) {
    long now = System.nanoTime();
    if (now - saidAt >= SAY_NANOS) {
      saidAt = now;
      say.accept(why.getMessage() + "; tried again");
    }
  }

  /** Offers a lease. */
  void offer(long leaseId, long epoch) {
    send(List.of(new PartitionMessage(generation, leaseId, epoch)));
  }

  /** Workers have something in hand. */
  void working() {
    quietSince = System.nanoTime();
    patience = FIRST_NANOS;
  }

  /** Called again and again: tells again what may have been lost. */
  void look() throws SQLException {
    boolean isQuiet = System.nanoTime() - quietSince > patience;
    if (!isOwed && !isQuiet) {
      return;
    }
    List<PartitionMessage> messages = new ArrayList<>();
    for (long[] lease : leases.queued()) {
      messages.add(new PartitionMessage(generation, lease[0], lease[1]));
    }
    if (isQuiet && !messages.isEmpty()) {
      quietSince = System.nanoTime();
      patience = Math.min(MOST_NANOS, patience * 2);
      say.accept(
          messages.size()
              + " ranges wait, and no worker takes one; start some: picklift worker --config FILE"
              + " --coordinator "
              + address.place());
    }
    isOwed = false;
    send(messages);
  }

  private void send(List<PartitionMessage> messages) {
    if (isOwed || messages.isEmpty()) {
      return;
    }
    try {
      PartitionQueue to = open;
      if (to == null) {
        to = PartitionQueue.open(address, queue, false);
        open = to;
      }
      to.send(messages);
    } catch (BrokerException e) {
      sayAgain(e);
      isOwed = true;
      close();
    }
  }

  @Override
  public void close() {
    PartitionQueue last = open;
    open = null;
    if (last != null) {
      last.close();
    }
  }
}
