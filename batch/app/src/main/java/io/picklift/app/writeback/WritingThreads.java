package io.picklift.app.writeback;

import io.picklift.app.database.TaskResult;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
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
  private final Deque<Future<Tally>> begun = new ArrayDeque<>();

  /** Is told what became of saves, in the order in which they were handed over. */
  interface Results {
    void add(Tally tally);
  }

  WritingThreads(int most, Supplier<SaveWriter> writers) {
    this.most = most;
    this.writers = writers;
    threads = Executors.newFixedThreadPool(most);
  }

  /** Waits until a thread has nothing to do. */
  void awaitFree(Results results) throws SQLException {
    if (begun.size() == most) {
      takeFirst(results);
    }
  }

  /** Hands saves over. */
  void write(List<WritingLedger.Entry> saves) {
    begun.add(threads.submit(() -> written(saves)));
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
    while (!begun.isEmpty()) {
      takeFirst(results);
    }
  }

  private void takeFirst(Results results) throws SQLException {
    try {
      results.add(TaskResult.of(begun.remove()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted", e);
    }
  }

  /** Waits for what was begun. What became of it is told to nobody, as what led here is. */
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
