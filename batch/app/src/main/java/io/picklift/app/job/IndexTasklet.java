package io.picklift.app.job;

import io.picklift.app.bulk.IndexSession;
import io.picklift.app.database.LongStatement;
import io.picklift.app.database.Retry;
import io.picklift.app.target.LateIndexes;
import io.picklift.schema.mapping.Mapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Makes the indexes that tables were created without: a table after the other where the server
 * works on one with several threads, else several tables side by side.
 */
final class IndexTasklet implements Tasklet {
  /** Each takes 64 MB of the server's memory. */
  private static final int MOST_THREADS = 4;

  private final DataSource target;
  private final Mapping mapping;
  private final int connections;

  /**
   * @param connections how many threads of the server work at a time
   */
  IndexTasklet(DataSource target, Mapping mapping, int connections) {
    this.target = target;
    this.mapping = mapping;
    this.connections = Math.min(MOST_THREADS, connections);
  }

  @Override
  public RepeatStatus execute(StepContribution contribution, ChunkContext context)
      throws SQLException {
    List<String> tables = Retry.retrying(() -> LateIndexes.pending(target, mapping));
    if (!tables.isEmpty()) {
      makeAll(tables);
    }
    return RepeatStatus.FINISHED;
  }

  private void makeAll(List<String> tables) throws SQLException {
    boolean isOneByOne = Retry.retrying(this::hasThreads);
    int sideBySide = isOneByOne ? 1 : Math.min(connections, tables.size());
    int ofOne = isOneByOne ? connections : 1;
    ExecutorService threads = Executors.newFixedThreadPool(sideBySide);
    try {
      List<Future<Boolean>> made = new ArrayList<>();
      for (String table : tables) {
        made.add(threads.submit(() -> Retry.retrying(() -> make(table, ofOne))));
      }
      for (Future<Boolean> table : made) {
        await(table);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void await(Future<Boolean> table) throws SQLException {
    try {
      table.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException refused) {
        throw refused;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException();
    }
  }

  private boolean hasThreads() throws SQLException {
    try (Connection connection = target.getConnection()) {
      return IndexSession.hasThreads(connection);
    }
  }

  private boolean make(String table, int threads) throws SQLException {
    return new LongStatement(target)
        .run(connection -> LateIndexes.make(connection, mapping, table, threads));
  }
}
