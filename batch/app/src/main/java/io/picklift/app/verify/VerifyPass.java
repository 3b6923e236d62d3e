package io.picklift.app.verify;

import io.picklift.app.database.TaskResult;
import io.picklift.app.report.SaveResult;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.source.ProgressListener;
import io.picklift.app.source.SaveCursor;
import io.picklift.app.source.SaveCursor.Stretch;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the source or a part of it: some stretches at a time, and what they give is taken
 * in the order of the keys.
 */
final class VerifyPass {
  private final int threads;
  private final StretchVerifiers verifiers;
  private final LongPredicate sample;
  private final BooleanSupplier isOver;
  private final Consumer<Stretch> before;
  private long visited;
  private long looked;
  private long equal;
  private long byHash;
  private long byOtherEngine;
  private boolean isLeft;

  private record Done(Stretch stretch, StretchVerifier.Batch batch) {}

  /**
   * @param sample whether the other engine decodes the save at that place in the source
   * @param isOver asked between stretches: whether to leave the rest
   * @param before called before each stretch; waits as long as is polite
   */
  VerifyPass(
      int threads,
      StretchVerifiers verifiers,
      LongPredicate sample,
      BooleanSupplier isOver,
      Consumer<Stretch> before) {
    this.before = before;
    this.threads = threads;
    this.verifiers = verifiers;
    this.sample = sample;
    this.isOver = isOver;
  }

  /** Goes on to the cursor's end, or until it is told to leave the rest. */
  void run(
      SaveCursor cursor,
      VerifyReport report,
      ProgressListener progress,
      @Nullable VerifyJournal journal)
      throws SQLException, IOException {
    Deque<Future<Done>> running = new ArrayDeque<>();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      for (Stretch stretch = cursor.next(); stretch != null; stretch = cursor.next()) {
        before.accept(stretch);
        if (isOver.getAsBoolean()) {
          isLeft = true;
          break;
        }
        Stretch one = stretch;
        running.add(pool.submit(() -> new Done(one, verifiers.verify(one, sample))));
        if (running.size() > threads) {
          take(running, report, progress, journal);
        }
      }
      while (!running.isEmpty()) {
        take(running, report, progress, journal);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private void take(
      Deque<Future<Done>> running,
      VerifyReport report,
      ProgressListener progress,
      @Nullable VerifyJournal journal)
      throws SQLException, IOException {
    Done done;
    try {
      done = TaskResult.of(running.remove());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    done.batch().results().forEach(report::add);
    visited += done.stretch().visited();
    looked += done.stretch().wanted().size();
    equal +=
        done.batch().results().stream()
            .filter(result -> result.status() == SaveResult.Status.EQUAL)
            .count();
    byHash += done.batch().byHash();
    byOtherEngine += done.batch().byOtherEngine();
    if (journal != null) {
      journal.add(
          VerifyJournal.Batch.of(
              done.stretch().last().text(), done.stretch().visited(), done.batch().results()));
    }
    progress.done(done.stretch().wanted().size());
    progress.worked(done.stretch().wanted().size(), done.stretch().bytes());
  }

  /** How many rows it came past. */
  long visited() {
    return visited;
  }

  /** How many of them it looked at. */
  long looked() {
    return looked;
  }

  /** How these were proven. */
  ProofSentences.Counts counts() {
    return new ProofSentences.Counts(equal, byHash, byOtherEngine);
  }

  /** Whether it was told to leave the rest. */
  boolean isLeft() {
    return isLeft;
  }
}
