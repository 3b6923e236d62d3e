package io.picklift.app.job;

import io.picklift.app.account.LedgerReport;
import io.picklift.app.account.LedgerTotals;
import io.picklift.app.account.RunSummary;
import io.picklift.app.account.RunTable;
import io.picklift.app.account.SourceCheck;
import io.picklift.app.account.SourceRegister;
import io.picklift.app.companion.Companions;
import io.picklift.app.database.Retry;
import io.picklift.app.disagree.Disagreements;
import io.picklift.app.source.SaveSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.Job;

/** Runs a job over the whole source, and enters in the target that it began and how it ended. */
final class JobRuns {
  private static final Logger LOG = LoggerFactory.getLogger(JobRuns.class);

  /** A server that loses commits again and again is for its owner to look at. */
  private static final int MOST_ROUNDS = 3;

  private final JobEnvironment environment;
  private final Launcher launcher;
  private final SaveSource source;
  private final DataSource target;
  private final SourceCheck.Result checked;
  private final boolean isFull;

  /**
   * @param checked what the source was when this process opened it
   * @param isFull whether all saves are compared by their hashes, whatever their watermarks
   */
  JobRuns(
      JobEnvironment environment, Launcher launcher, SourceCheck.Result checked, boolean isFull) {
    this.environment = environment;
    this.launcher = launcher;
    this.checked = checked;
    this.isFull = isFull;
    source = environment.source();
    target = environment.target();
  }

  /** Runs a job, again where the server lost what it had committed. */
  RunSummary run(JobMode mode, Job job, BooleanSupplier isStopped) throws JobFailedException {
    boolean isComplete = false;
    try {
      environment.inHand().begin();
      String began = onTarget(LedgerReport::now);
      @Nullable String newest =
          Retry.retrying(() -> Optional.ofNullable(source.newestWatermark())).orElse(null);
      long runId = onTarget(c -> begin(c, label(mode), began));
      @Nullable String before =
          onTarget(c -> Optional.ofNullable(isFull ? null : comparedUpTo(c))).orElse(null);
      String outcome = RunTable.FAILED;
      try {
        RunSummary summary = rounds(mode, job, isStopped, runId, began, before, newest);
        isComplete = true;
        return summary;
      } catch (JobFailedException e) {
        outcome = e.isStopped() ? RunTable.STOPPED : RunTable.FAILED;
        throw e;
      } finally {
        if (!isComplete) {
          enter(runId, outcome);
        }
      }
    } catch (SQLException e) {
      throw new JobFailedException(FailureText.line(e), e);
    } finally {
      environment.inHand().end(isComplete);
    }
  }

  private RunSummary rounds(
      JobMode mode,
      Job job,
      BooleanSupplier isStopped,
      long runId,
      String began,
      @Nullable String before,
      @Nullable String newest)
      throws JobFailedException, SQLException {
    for (int round = 1; ; round++) {
      RunState state =
          begun(new RunState(mode, began, before, newest, environment.polite()), isStopped);
      launcher.start(job, source.name(), mappingId(), began, round, state.written()::sum);
      LedgerTotals totals = onTarget(c -> LedgerTotals.read(c, source.name(), began));
      boolean isLost = state.last().changed.sum() > 0 && totals.written() < state.written().sum();
      if (!isLost || round == MOST_ROUNDS) {
        RunSummary summary = onTarget(c -> entered(c, runId, mode, began, state, totals));
        if (mode == JobMode.BACKFILL || summary.counts().changed() == 0) {
          onTarget(c -> compared(c, newest));
        } else if (state.closing().backInScope.sum() > 0) {
          // What this run leaves of rows that are in scope again, no watermark tells the next.
          onTarget(c -> compared(c, null));
        }
        return summary;
      }
      environment.columns().forget();
    }
  }

  /** Enters how a run ended, anew where the server lost that it began. */
  private RunSummary entered(
      Connection connection,
      long runId,
      JobMode mode,
      String began,
      RunState state,
      LedgerTotals totals)
      throws SQLException {
    RunSummary summary =
        RunEnd.summary(connection, environment, mode == JobMode.BACKFILL, state, totals);
    long id = runId;
    if (!RunTable.complete(connection, id, summary.counts())) {
      id = begin(connection, label(mode), began);
      RunTable.complete(connection, id, summary.counts());
    }
    Disagreements.tidy(connection, source.name());
    Companions.enter(connection, id, state.companions());
    return summary;
  }

  /** Enters how a run ended that is not complete; what ended it may keep this from the target. */
  private void enter(long runId, String outcome) {
    try (Connection connection = target.getConnection()) {
      RunTable.ended(connection, runId, outcome);
    } catch (SQLException e) {
      LOG.info("that run {} {} is not in the target: {}", runId, outcome, e.getMessage());
    }
  }

  private static String label(JobMode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }

  private long begin(Connection connection, String command, String began) throws SQLException {
    SourceRegister register = new SourceRegister(connection);
    register.enter(source.name(), checked.now(), environment.config().where());
    if (checked.isFull()) {
      register.compared(source.name(), null);
    }
    return RunTable.begin(connection, source.name(), command, began);
  }

  private @Nullable String comparedUpTo(Connection connection) throws SQLException {
    SourceRegister.Entry entry = new SourceRegister(connection).find(source.name());
    return entry == null ? null : entry.watermark();
  }

  private boolean compared(Connection connection, @Nullable String newest) throws SQLException {
    new SourceRegister(connection).compared(source.name(), newest);
    return true;
  }

  private RunState begun(RunState run, BooleanSupplier isStopped) throws JobFailedException {
    environment.current().set(run);
    if (isStopped.getAsBoolean()) {
      throw JobFailedException.stopped("stopped before anything was done");
    }
    return run;
  }

  private <T extends @Nullable Object> T onTarget(Retry.ConnectionWork<T> work)
      throws SQLException {
    return Retry.connected(target, work);
  }

  private String mappingId() {
    return HexFormat.of().formatHex(environment.mapped().fingerprint());
  }
}
