package io.picklift.app.database;

import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Gets what a task on another thread has made, with its errors as if they were this thread's. */
public final class TaskResult {
  private TaskResult() {}

  /**
   * Waits for a task and gives its result.
   *
   * @throws SQLException as the task threw it
   * @throws IllegalStateException around any other checked exception of the task
   * @throws InterruptedException as the wait was interrupted; the thread is not marked so again
   */
  public static <T> T of(Future<T> task) throws SQLException, InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException sql) {
        throw sql;
      }
      if (e.getCause() instanceof RuntimeException runtime) {
        throw runtime;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
