package io.picklift.app.job;

import io.picklift.app.account.LedgerScope;
import io.picklift.app.account.LedgerSweep;
import io.picklift.app.config.CountOrShare;
import io.picklift.app.view.SafeText;
import io.picklift.app.view.SaveCount;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Finds ledger entries whose row is gone from the source and deletes their saves from the target,
 * unless there are more of them than a run may delete: an emptied or wrong source must not empty
 * the target.
 */
class GoneTasklet implements Tasklet {
  private static final int MOST_AT_ONCE = 500;
  private static final int MOST_NAMED = 5;

  private final JobEnvironment environment;
  private final @Nullable CountOrShare mostDeleted;
  private long live;
  private final List<Long> gone = new ArrayList<>();
  private final List<String> strange = new ArrayList<>();
  private final List<String> lost = new ArrayList<>();

  /**
   * @param mostDeleted how many saves may be deleted; null where none is to be
   */
  GoneTasklet(JobEnvironment environment, @Nullable CountOrShare mostDeleted) {
    this.environment = environment;
    this.mostDeleted = mostDeleted;
  }

  @Override
  public RepeatStatus execute(StepContribution contribution, ChunkContext context)
      throws SQLException {
    RunState run = environment.run();
    if (!run.isSweepNeeded(environment)) {
      return RepeatStatus.FINISHED;
    }
    LedgerSweep sweep = new LedgerSweep(environment.source(), environment.target());
    for (LedgerSweep.Page page = sweep.next(); page != null; page = sweep.next()) {
      run.check();
      live += page.size();
      gone.addAll(page.gone().keySet());
      strange.addAll(page.strange().values());
      run.owned().addAndGet(page.owned());
      page.lost().forEach(key -> lost.add(SafeText.line(key.text())));
      LedgerScope.left(environment.target(), environment.lock(), page.leftScope());
      LedgerScope.back(environment.target(), environment.lock(), page.backInScope());
    }
    strange(run);
    lost(run);
    if (mostDeleted == null || gone.size() > mostDeleted.of(live)) {
      holdBack(run, mostDeleted);
    } else {
      delete(run);
      contribution.incrementWriteCount(gone.size());
    }
    return RepeatStatus.FINISHED;
  }

  private void holdBack(RunState run, @Nullable CountOrShare bound) {
    run.heldBack().set(gone.size() + strange.size());
    if (bound != null) {
      run.note(
          gone.size()
              + " of "
              + live
              + " saves are gone from the source; one run may delete "
              + bound.of(live)
              + ", so none was deleted. If the source is right, run once with --max-deleted "
              + gone.size());
    }
  }

  private void delete(RunState run) throws SQLException {
    run.heldBack().set(strange.size());
    long edited = 0;
    for (int from = 0; from < gone.size(); from += MOST_AT_ONCE) {
      List<Long> some = gone.subList(from, Math.min(gone.size(), from + MOST_AT_ONCE));
      List<Long> conflicts = environment.store().delete(List.copyOf(some));
      run.written().add(some.size() - conflicts.size());
      edited += conflicts.size();
    }
    if (edited > 0) {
      run.heldBack().addAndGet(edited);
      run.note(
          SaveCount.are(edited)
              + " gone from the source, but edited in the target: kept; --conflicts take-source"
              + " deletes them");
    }
  }

  private void strange(RunState run) {
    if (!strange.isEmpty()) {
      run.note(
          "the ledger has "
              + strange.size()
              + " rows whose key cannot be one of "
              + environment.source().name()
              + ", skipped: "
              + shown(strange)
              + "; delete them from picklift_save if they are not yours");
    }
  }

  /** Their owner is not the source: nothing becomes of them before someone decides. */
  private void lost(RunState run) {
    if (!lost.isEmpty()) {
      run.note(
          SaveCount.of(lost.size(), "owned by the tables is", "owned by the tables are")
              + " gone from the source: "
              + shown(lost.stream().sorted().toList())
              + "; 'writeback --take-tables --key K' adds the row of one again; or delete these saves in"
              + " the tables and run writeback");
    }
  }

  private static String shown(Collection<String> keys) {
    String shown = String.join(", ", keys.stream().limit(MOST_NAMED).toList());
    return keys.size() > MOST_NAMED ? shown + ", ..." : shown;
  }
}
