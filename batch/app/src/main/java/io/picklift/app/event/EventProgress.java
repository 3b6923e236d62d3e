package io.picklift.app.event;

import io.picklift.app.source.ProgressListener;
import io.picklift.app.watch.Followed;
import io.picklift.app.watch.ForwardingProgress;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Tells the events of what a run's steps do, and hands it on. For any thread. */
public final class EventProgress extends ForwardingProgress {
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** A follower may stay for months. */
  private static final long FOLLOWED_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final EventLog log;
  private final Map<String, Long> partitions = new TreeMap<>();
  private String phase = "";
  private long rows;
  private long done;
  private long told;
  private long toldFollowed = System.nanoTime() - FOLLOWED_NANOS;

  public EventProgress(EventLog log, ProgressListener next) {
    super(next);
    this.log = log;
  }

  @Override
  public void start(String what, long all) {
    synchronized (this) {
      tell();
      phase = what;
      rows = all;
      done = 0;
      partitions.clear();
      told = System.nanoTime();
      log.phase(what, all);
    }
    super.start(what, all);
  }

  @Override
  public void done(long more) {
    synchronized (this) {
      done += more;
      partitions.merge(Thread.currentThread().getName(), more, Long::sum);
      if (System.nanoTime() - told >= EVERY_NANOS) {
        tell();
      }
    }
    super.done(more);
  }

  private void tell() {
    told = System.nanoTime();
    if (done > 0) {
      log.progress(phase, rows, done, partitions);
    }
  }

  /** Tells how far the last step came. */
  public synchronized void finish() {
    tell();
  }

  /** A run came to its end, and counted this. */
  public synchronized void counted(Map<String, Long> counts) {
    tell();
    log.counted(counts);
  }

  /** The run follows the source's log and is so far. */
  public synchronized void followed(Followed followed) {
    if (System.nanoTime() - toldFollowed >= FOLLOWED_NANOS) {
      toldFollowed = System.nanoTime();
      log.followed(followed);
    }
  }

  @Override
  public void say(String line) {
    log.note(line);
    super.say(line);
  }
}
