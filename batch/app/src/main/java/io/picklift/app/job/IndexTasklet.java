package io.picklift.app.job;

import io.picklift.app.database.LongStatement;
import io.picklift.app.database.Retry;
import io.picklift.app.target.LateIndexes;
import io.picklift.schema.mapping.Mapping;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Makes the indexes that tables were created without, table by table. */
final class IndexTasklet implements Tasklet {
  private final DataSource target;
  private final Mapping mapping;

  IndexTasklet(DataSource target, Mapping mapping) {
    this.target = target;
    this.mapping = mapping;
  }

  @Override
  public RepeatStatus execute(StepContribution contribution, ChunkContext context)
      throws SQLException {
    for (String table : Retry.retrying(() -> LateIndexes.pending(target, mapping))) {
      Retry.retrying(() -> make(table));
    }
    return RepeatStatus.FINISHED;
  }

  private boolean make(String table) throws SQLException {
    return new LongStatement(target)
        .run(connection -> LateIndexes.make(connection, mapping, table));
  }
}
