package io.picklift.app.job;

import io.picklift.app.database.ServerErrors;
import io.picklift.app.job.repository.RecordsLostException;
import io.picklift.app.lock.LockLostException;
import io.picklift.app.view.SaveCount;
import io.picklift.app.workers.RemoteFailureException;
import io.picklift.schema.tables.split.FrozenException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;

/** Says in one line why a job failed. */
public final class FailureText {
  private static final String AGAIN = "; what was committed stays, run the same command again";

  private FailureText() {}

  /**
   * Why a job failed.
   *
   * @param written how many saves it wrote before
   */
  static JobFailedException of(JobExecution execution, long written) {
    List<Throwable> failures = execution.getAllFailureExceptions();
    if (isStopped(failures)) {
      return JobFailedException.stopped(
          "stopped, " + SaveCount.of(written, "written", "written") + AGAIN);
    }
    JobFailedException known = known(failures);
    if (known != null) {
      return known;
    }
    if (failures.isEmpty()) {
      return new JobFailedException("the job ended as " + execution.getStatus());
    }
    return new JobFailedException(root(failures.get(0)), failures.get(0));
  }

  /** Why work failed that is no job; null where a defect shows. */
  public static @Nullable JobFailedException known(Throwable failure) {
    return known(List.of(failure));
  }

  private static @Nullable JobFailedException known(List<Throwable> failures) {
    FrozenException frozen = find(failures, FrozenException.class);
    if (frozen != null) {
      return new JobFailedException(String.valueOf(frozen.getMessage()), frozen);
    }
    TooManyRefusedException refused = find(failures, TooManyRefusedException.class);
    if (refused != null) {
      return new JobFailedException(String.valueOf(refused.getMessage()), refused);
    }
    RecordsLostException lost = find(failures, RecordsLostException.class);
    if (lost != null) {
      return new JobFailedException(String.valueOf(lost.getMessage()), lost);
    }
    RemoteFailureException remote = find(failures, RemoteFailureException.class);
    if (remote != null) {
      return new JobFailedException(String.valueOf(remote.getMessage()), remote);
    }
    for (Throwable failure : failures) {
      SQLException sql = ServerErrors.sql(failure);
      if (sql != null) {
        return new JobFailedException(line(sql), failure);
      }
    }
    return null;
  }

  /** That the server lost what is known of the run; null where it comes from something else. */
  static @Nullable RecordsLostException lost(Throwable failure) {
    return find(List.of(failure), RecordsLostException.class);
  }

  static boolean isStopped(List<Throwable> failures) {
    return find(failures, StoppedException.class) != null;
  }

  private static <T extends Throwable> @Nullable T find(List<Throwable> failures, Class<T> type) {
    for (Throwable failure : failures) {
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        if (type.isInstance(cause)) {
          return type.cast(cause);
        }
      }
    }
    return null;
  }

  /** One line about an SQL error. */
  public static String line(SQLException e) {
    String what = String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    if (e instanceof LockLostException) {
      return what;
    }
    if (ServerErrors.isLost(e)) {
      return "the connection to the database was lost: " + what + AGAIN;
    }
    if (ServerErrors.isFull(e)) {
      return "the server's disk or table is full: "
          + what
          + " (error "
          + e.getErrorCode()
          + ")"
          + AGAIN;
    }
    if (ServerErrors.isTransient(e)) {
      return "the database rolled it back: " + what + " (error " + e.getErrorCode() + ")" + AGAIN;
    }
    return "the database refused: " + what + " (error " + e.getErrorCode() + ")";
  }

  private static String root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (root instanceof OutOfMemoryError) {
      return "not enough memory: give java a larger -Xmx, or --partitions a smaller number";
    }
    return root.toString().lines().findFirst().orElse("");
  }
}
