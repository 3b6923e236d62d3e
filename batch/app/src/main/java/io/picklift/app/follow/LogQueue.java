package io.picklift.app.follow;

import io.picklift.app.follow.log.LogSink;
import io.picklift.app.follow.log.LoggedTransaction;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What was read from the log and not looked at yet. A full one stops the reading. */
final class LogQueue implements LogSink {
  private static final int MOST = 4_000;

  private final BlockingQueue<LoggedTransaction> queue = new ArrayBlockingQueue<>(MOST);
  private volatile boolean isClosed;

  @Override
  public void transaction(LoggedTransaction transaction) {
    try {
      while (!isClosed && !queue.offer(transaction, 1, TimeUnit.SECONDS)) {
        // Whoever follows has enough to do.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Nullable LoggedTransaction poll(long millis) {
    try {
      return queue.poll(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  void close() {
    isClosed = true;
  }
}
