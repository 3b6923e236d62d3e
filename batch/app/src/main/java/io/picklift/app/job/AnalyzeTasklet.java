package io.picklift.app.job;

import io.picklift.app.account.RunTable;
import io.picklift.app.database.LongStatement;
import io.picklift.app.database.Retry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Runs ANALYZE on the tables that were loaded. With the statistics of an empty table the server's
 * optimizer chooses full scans.
 */
final class AnalyzeTasklet implements Tasklet {
  private final JobEnvironment environment;

  AnalyzeTasklet(JobEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public RepeatStatus execute(StepContribution contribution, ChunkContext context)
      throws SQLException {
    if (environment.run().written().sum() == 0 && !Retry.retrying(this::isAfterFailure)) {
      return RepeatStatus.FINISHED;
    }
    for (String sql : environment.mapped().analyze()) {
      Retry.retrying(() -> analyze(sql));
    }
    return RepeatStatus.FINISHED;
  }

  /** What a run that failed had written, nobody has looked at yet. */
  private boolean isAfterFailure() throws SQLException {
    try (Connection connection = environment.target().getConnection()) {
      return RunTable.isAfterFailure(connection, environment.source().name());
    }
  }

  private boolean analyze(String sql) throws SQLException {
    return new LongStatement(environment.target())
        .run(
            connection -> {
              try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
              }
            });
  }
}
