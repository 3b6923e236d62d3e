package io.picklift.app.job;

import java.sql.SQLException;
import java.util.List;
import org.springframework.batch.core.job.JobExecution;

/** Says in one line why a job failed. */
final class Failures {
  private Failures() {}

  static JobFailedException of(JobExecution execution) {
    List<Throwable> failures = execution.getAllFailureExceptions();
    for (Throwable failure : failures) {
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        if (cause instanceof SQLException sql) {
          return new JobFailedException(line(sql), failure);
        }
      }
    }
    if (failures.isEmpty()) {
      return new JobFailedException("the job ended as " + execution.getStatus());
    }
    return new JobFailedException(root(failures.get(0)), failures.get(0));
  }

  /** One line about an SQL error. */
  static String line(SQLException e) {
    String what = String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    if (String.valueOf(e.getSQLState()).startsWith("08")) {
      return "the connection to the database was lost: " + what;
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
