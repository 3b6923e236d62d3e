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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a run asks before it reads or writes more: whether it may, and how much. For any thread;
 * whoever asks waits in {@link #pass}.
 */
public final class Politeness implements AutoCloseable {
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /**
   * How long a batch is to take at most where there is a rate: of what is due in half a second,
   * done at once, whoever else is on the server notices.
   */
  private static final Duration BY_RATE = Duration.ofMillis(100);

  /** A write that the server does not get on with is not to keep all others from theirs. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final double NANOS = 1e9;

  private final Deque<AutoCloseable> open;
  private final GaugeWatch watch;
  private final Pace writing;
  private final Pace reading;
  private final Rate rate;
  private final Slots slots = new Slots();
  private final ReentrantLock oneWriter = new ReentrantLock(true);
  private final Duration batchTime;
  private final Ticks ticks;
  private final Duration patience;
  private final AtomicLong waitedNanos = new AtomicLong();
  private volatile boolean isPaused;

  /**
   * @param patience how long a write waits at most for those of other threads
   */
  Politeness(
      List<Gauge> gauges,
      Duration batchTime,
      @Nullable MaxRate maxRate,
      Consumer<String> say,
      Deque<AutoCloseable> open,
      Ticks ticks,
      Duration patience) {
    this.ticks = ticks;
    this.patience = patience;
    this.open = open;
    watch = new GaugeWatch(gauges, say);
    open.push(watch);
    this.batchTime = batchTime;
    writing = new Pace(batchTime.toNanos());
    reading = new Pace(batchTime.toNanos());
    rate = new Rate(maxRate, ticks.nanos());
    aim();
  }

  /** How long a batch is to take about. */
  private Duration step() {
    return rate.most() == null || batchTime.compareTo(BY_RATE) < 0 ? batchTime : BY_RATE;
  }

  private double stepSeconds() {
    return step().toNanos() / NANOS;
  }

  private void aim() {
    writing.aim(step().toNanos());
    reading.aim(step().toNanos());
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
      Politeness polite =
          new Politeness(gauges, config.run().batchTime(), most, say, open, Ticks.REAL, PATIENCE);
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
    waitFor(this::isFree, check);
  }

  /**
   * Waits as long as a pause or the rate says so, and counts for the rate what is done then. Takes
   * no slot: the thread may write for another one.
   */
  private void payOff(long saves, long bytes, Runnable check) {
    waitFor(() -> !isPaused && rate.oweIfPaid(ticks.nanos(), saves, bytes), check);
  }

  private void waitFor(BooleanSupplier isFree, Runnable check) {
    if (isFree.getAsBoolean()) {
      return;
    }
    long began = ticks.nanos();
    try {
      do {
        sleep();
        check.run();
      } while (!isFree.getAsBoolean());
    } finally {
      waitedNanos.addAndGet(ticks.nanos() - began);
    }
  }

  private boolean isFree() {
    return !isPaused
        && watch.holding().isEmpty()
        && rate.nanosOwed(ticks.nanos()) == 0
        && slots.isGranted(Thread.currentThread());
  }

  /** A step of a rate may be shorter than the pause between two looks. */
  private void sleep() {
    long owed = rate.nanosOwed(ticks.nanos());
    try {
      ticks.sleep(owed == 0 ? POLL_NANOS : Math.min(owed, POLL_NANOS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting to go on", e);
    }
  }

  /** This thread's range is done: another may work in its place. */
  public void leave() {
    slots.leave(Thread.currentThread());
  }

  /** Counts what is done with saves that were read, for the rate. */
  public void read(long saves, long bytes) {
    rate.owe(saves, bytes);
  }

  /** How many keys the next page is to have, of a full page's. */
  public int page(int most) {
    return (int) rate.saves(reading.of(most), stepSeconds());
  }

  /** How long a page of keys took; where BLOBs were hashed for it, it counts for the rate. */
  public void pageTook(int keys, int most, boolean isHashed, long nanos) {
    reading.took(keys / (double) most, nanos);
    if (isHashed) {
      rate.owe(keys, 0);
    }
  }

  /** How many saves are to be done together, of a full batch's. */
  public int saves(int most) {
    return (int) rate.saves(writing.of(most), stepSeconds());
  }

  /** How many bytes of BLOBs are to be done together, of a full batch's. */
  public long bytes(long most) {
    return rate.bytes(writing.of(most), stepSeconds());
  }

  /**
   * Writes, where there is a rate, when what was written before is paid off, and while no other
   * thread of this process writes, unless that takes longer than some seconds.
   *
   * @param saves that are written, and count for the rate
   * @param bytes of BLOBs that were read for it
   * @param check called again and again while this waits; throws where the run is to stop, and then
   *     nothing is written
   */
  public <E extends Exception> void writing(long saves, long bytes, Runnable check, Write<E> write)
      throws E {
    boolean isAlone = rate.most() != null && isTurn();
    try {
      payOff(saves, bytes, check);
      write.run();
    } finally {
      if (isAlone) {
        oneWriter.unlock();
      }
    }
  }

  /** Waits for the others' writes, in their order; false where it has to go beside one. */
  private boolean isTurn() {
    try {
      return oneWriter.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      // What was begun is written to its end.
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What writes a batch. */
  @FunctionalInterface
  public interface Write<E extends Exception> {
    void run() throws E;
  }

  /** The same of saves that are read together and written bit by bit. */
  public int savesAhead(int most) {
    return (int) rate.saves(ahead(most), batchTime.toNanos() / NANOS);
  }

  /** The same of bytes that are read together and written bit by bit. */
  public long bytesAhead(long most) {
    return rate.bytes(ahead(most), batchTime.toNanos() / NANOS);
  }

  private long ahead(long most) {
    return Math.min(most, writing.of(most) * batchTime.toNanos() / step().toNanos());
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
    aim();
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
