package io.picklift.app.event;

import io.picklift.app.source.ProgressListener;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Tells the events of what a run's steps do, and hands it on. For any thread. */
public final class EventProgress implements ProgressListener {
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final EventLog log;
  private final ProgressListener next;
  private final Map<String, Long> partitions = new TreeMap<>();
  private String phase = "";
  private long rows;
  private long done;
  private long told;

  public EventProgress(EventLog log, ProgressListener next) {
    this.log = log;
    this.next = next;
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
    next.start(what, all);
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
    next.done(more);
  }

  @Override
  public void sized(String what, long bytes) {
    next.sized(what, bytes);
  }

  @Override
  public void worked(long saves, long bytes) {
    next.worked(saves, bytes);
  }

  @Override
  public void read(long saves, long bytes) {
    next.read(saves, bytes);
  }

  @Override
  public void wrote(long saves, long quarantined, long mappedRows, long nanos) {
    next.wrote(saves, quarantined, mappedRows, nanos);
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

  @Override
  public void say(String line) {
    log.note(line);
    next.say(line);
  }
}
