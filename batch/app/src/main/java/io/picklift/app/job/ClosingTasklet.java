package io.picklift.app.job;

import io.picklift.app.account.LedgerComparison;
import io.picklift.app.database.Retry;
import io.picklift.app.range.KeyRange;
import io.picklift.app.range.LedgerSums;
import io.picklift.app.source.KeyState;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * The closing pass over a range of keys: compares the source's keys and versions with the ledger,
 * freshly read. The run's counts come from this pass and not from its other steps.
 */
final class ClosingTasklet implements Tasklet {
  private static final int PAGE = 1_000;

  private final JobEnvironment environment;

  ClosingTasklet(JobEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public RepeatStatus execute(StepContribution contribution, ChunkContext context)
      throws SQLException {
    StepExecution step = contribution.getStepExecution();
    if (environment.run().isClosingNeeded()) {
      long rows = 0;
      for (KeyRange range :
          KeyRanges.of(step.getExecutionContext(), environment.run(), environment.source())) {
        rows += compare(range);
      }
      step.setReadCount(rows);
    }
    return RepeatStatus.FINISHED;
  }

  private long compare(KeyRange range) throws SQLException {
    LedgerSums.Entry same = environment.ranges(environment.run().sums()).same(range);
    if (same != null) {
      environment.run().closing().add(same);
      environment.progress().done(same.sum().rows());
      return same.sum().rows();
    }
    SaveSource source = environment.source();
    LedgerComparison comparison = environment.comparison();
    @Nullable SaveKey after = range.after();
    long rows = 0;
    while (true) {
      environment.run().check();
      @Nullable SaveKey from = after;
      int most = environment.polite().page(PAGE);
      long began = System.nanoTime();
      List<KeyState> page = Retry.retrying(() -> source.page(from, range.upTo(), most, true));
      environment
          .polite()
          .pageTook(page.size(), PAGE, !source.hasWatermark(), System.nanoTime() - began);
      for (LedgerComparison.Compared row : comparison.current(page)) {
        environment.run().closing().add(row, environment.run().conflicts().contains(row.key()));
      }
      rows += page.size();
      environment.progress().done(page.size());
      if (page.size() < most) {
        return rows;
      }
      after = page.get(page.size() - 1).key();
    }
  }
}
