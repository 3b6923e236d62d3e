package io.picklift.app.throttle;

import io.picklift.app.config.Config;
import io.picklift.app.config.MaxRate;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.ResourceCloser;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a run asks before it reads or writes more: whether it may, and how much. For any thread;
 * whoever asks waits in {@link #pass}.
 */
public final class Politeness implements AutoCloseable {
  private static final long POLL_MILLIS = 100;
  private static final double NANOS = 1e9;

  private final Deque<AutoCloseable> open;
  private final GaugeWatch watch;
  private final Pace writing;
  private final Pace reading;
  private final Rate rate;
  private final Slots slots = new Slots();
  private final double stepSeconds;
  private final AtomicLong waitedNanos = new AtomicLong();
  private volatile boolean isPaused;

  private Politeness(
      List<Gauge> gauges,
      Duration batchTime,
      @Nullable MaxRate maxRate,
      Consumer<String> say,
      Deque<AutoCloseable> open) {
    this.open = open;
    watch = new GaugeWatch(gauges, say);
    open.push(watch);
    writing = new Pace(batchTime.toNanos());
    reading = new Pace(batchTime.toNanos());
    rate = new Rate(maxRate, System.nanoTime());
    stepSeconds = batchTime.toNanos() / NANOS;
  }

  /**
   * Connects what is to be looked at.
   *
   * @param maxRate how fast the run may go; null for what the configuration says
   * @param say is told in one line when the run has to wait, and when it goes on
   * @throws io.picklift.schema.yaml.ConfigurationException if a privilege is missing
   */
  public static Politeness open(Config config, @Nullable MaxRate maxRate, Consumer<String> say)
      throws DatabaseException, SQLException {
    Deque<AutoCloseable> open = new ArrayDeque<>();
    boolean isOpen = false;
    try {
      List<Gauge> gauges = Gauges.open(config, Clock.system(ZoneId.systemDefault()), open);
      MaxRate most = maxRate == null ? config.run().maxRate() : maxRate;
      Politeness polite = new Politeness(gauges, config.run().batchTime(), most, say, open);
      isOpen = true;
      return polite;
    } finally {
      if (!isOpen) {
        ResourceCloser.all(open);
      }
    }
  }

  /**
   * Waits as long as a gauge, a pause or the rate says so.
   *
   * @param check called again and again while this waits; throws where the run is to stop
   */
  public void pass(Runnable check) {
    if (isFree()) {
      return;
    }
    long began = System.nanoTime();
    try {
      while (!isFree()) {
        sleep();
        check.run();
      }
    } finally {
      waitedNanos.addAndGet(System.nanoTime() - began);
    }
  }

  private boolean isFree() {
    return !isPaused
        && watch.holding().isEmpty()
        && rate.isPaid(System.nanoTime())
        && slots.isGranted(Thread.currentThread());
  }

  private static void sleep() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting to go on", e);
    }
  }

  /** This thread's range is done: another may work in its place. */
  public void leave() {
    slots.leave(Thread.currentThread());
  }

  /** Counts what was read, for the rate. */
  public void read(long saves, long bytes) {
    rate.owe(saves, bytes);
  }

  /** How many keys the next page is to have, of a full page's. */
  public int page(int most) {
    return (int) rate.saves(reading.of(most), stepSeconds);
  }

  /** How long a page of keys took; where BLOBs were hashed for it, it counts for the rate. */
  public void pageTook(int keys, int most, boolean isHashed, long nanos) {
    reading.took(keys / (double) most, nanos);
    if (isHashed) {
      rate.owe(keys, 0);
    }
  }

  /** How many saves are to be read or written together, of a full batch's. */
  public int saves(int most) {
    return (int) rate.saves(writing.of(most), stepSeconds);
  }

  /** How many bytes of BLOBs are to be read or written together, of a full batch's. */
  public long bytes(long most) {
    return rate.bytes(writing.of(most), stepSeconds);
  }

  /**
   * How long a write took.
   *
   * @param part how much of a full batch it was
   */
  public void wrote(double part, long nanos) {
    writing.took(part, nanos);
  }

  /** The rate that is kept; null for none. */
  public @Nullable MaxRate rate() {
    return rate.most();
  }

  /** From now on this rate; null for none. */
  public void rate(@Nullable MaxRate most) {
    rate.change(most);
  }

  /** From now on so many threads at a time. */
  public void partitions(int most) {
    slots.change(most);
  }

  public void pause(boolean isToPause) {
    isPaused = isToPause;
  }

  /** What makes the run wait now, beside its rate. */
  public List<String> holding() {
    List<String> all = new ArrayList<>(watch.holding());
    if (isPaused) {
      all.add("pause");
    }
    return all;
  }

  /** How long threads have waited, all together. */
  public Duration waited() {
    return Duration.ofNanos(waitedNanos.get());
  }

  @Override
  public void close() {
    ResourceCloser.all(open);
  }
}
