package io.picklift.app.writeback;

import io.picklift.app.database.TaskResult;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Shares saves out among threads, each with a {@link SaveWriter} of its own. What was begun is done
 * to its end, whatever fails. For one thread.
 */
final class WritingThreads implements AutoCloseable {
  private final int most;
  private final Supplier<SaveWriter> writers;
  private final ConcurrentLinkedQueue<SaveWriter> idle = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads;
  private final CompletionService<Tally> done;
  private int begun;

  /** Is told what became of saves. */
  interface Results {
    void add(Tally tally);
  }

  WritingThreads(int most, Supplier<SaveWriter> writers) {
    this.most = most;
    this.writers = writers;
    threads = Executors.newFixedThreadPool(most);
    done = new ExecutorCompletionService<>(threads);
  }

  /** Waits until a thread has nothing to do. */
  void awaitFree(Results results) throws SQLException {
    if (begun == most) {
      take(results);
    }
  }

  /** Hands saves over. */
  void write(List<WritingLedger.Entry> saves) {
    begun++;
    var unused = done.submit(() -> written(saves));
  }

  private Tally written(List<WritingLedger.Entry> saves) throws SQLException {
    SaveWriter free = idle.poll();
    SaveWriter writer = free == null ? writers.get() : free;
    Tally tally = writer.write(saves);
    idle.add(writer);
    return tally;
  }

  /** Waits for all. */
  void finish(Results results) throws SQLException {
    while (begun > 0) {
      take(results);
    }
  }

  /** Takes what is done first. */
  private void take(Results results) throws SQLException {
    try {
      Future<Tally> first = done.take();
      begun--;
      results.add(TaskResult.of(first));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted", e);
    }
  }

  /** Waits for what was begun. Where an exception led here, that is what is reported. */
  @Override
  public void close() {
    threads.shutdown();
    boolean isInterrupted = false;
    while (!threads.isTerminated()) {
      try {
        boolean unused = threads.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
