package io.picklift.app.job;

import io.picklift.app.database.LongStatement;
import io.picklift.app.database.Retry;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Has the server look at what was loaded: by the statistics of an empty table its optimizer takes a
 * full scan for the shortest way.
 */
final class AnalyzeTasklet implements Tasklet {
  private final DataSource target;
  private final List<String> statements;

  /**
   * @param statements one for each table
   */
  AnalyzeTasklet(DataSource target, List<String> statements) {
    this.target = target;
    this.statements = statements;
  }

  @Override
  public RepeatStatus execute(StepContribution contribution, ChunkContext context)
      throws SQLException {
    for (String sql : statements) {
      Retry.retrying(() -> analyze(sql));
    }
    return RepeatStatus.FINISHED;
  }

  private boolean analyze(String sql) throws SQLException {
    return new LongStatement(target)
        .run(
            connection -> {
              try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
              }
            });
  }
}
