package io.picklift.app.job;

import io.picklift.app.database.UncheckedSqlException;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The part of a range that is being written while the next one is read and prepared, also over the
 * end of a batch: client and server would else wait for each other. For the range's thread.
 */
class WriteUnderWay {
  private static final ExecutorService WRITING =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "writing");
            thread.setDaemon(true);
            return thread;
          });

  private CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);

  /** Begins to write once what was begun before is written. */
  void begin(Runnable work) throws SQLException {
    finish();
    writing = CompletableFuture.runAsync(work, WRITING);
  }

  /** Waits for what was begun; says once how it failed. */
  void finish() throws SQLException {
    CompletableFuture<Void> last = writing;
    writing = CompletableFuture.completedFuture(null);
    try {
      last.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedSqlException unchecked
          && unchecked.getCause() instanceof SQLException sql) {
        throw sql;
      }
      if (e.getCause() instanceof StoppedException stopped) {
        throw stopped;
      }
      throw e;
    }
  }
}
