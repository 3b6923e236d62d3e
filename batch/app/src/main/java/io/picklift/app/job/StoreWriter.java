package io.picklift.app.job;

import io.picklift.app.config.CountOrShare;
import io.picklift.app.database.UncheckedSqlException;
import io.picklift.app.disagree.Disagreements;
import io.picklift.app.target.PreparedSave;
import io.picklift.app.target.SaveStore;
import io.picklift.app.throttle.Politeness;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * Writes batches into the target, each part in a transaction of its own. While the server works on
 * one part, the next is decoded; a batch is done when all of it is committed.
 */
class StoreWriter implements ItemWriter<PreparedBatch> {
  private static final ExecutorService WRITING =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "writing");
            thread.setDaemon(true);
            return thread;
          });

  private final SaveStore store;
  private final RunState run;
  private final @Nullable CountOrShare maxQuarantine;
  private final long mostBytes;
  private final Politeness polite;
  private final Disagreements disagreements;
  private final Runnable firstLook;

  /**
   * @param maxQuarantine how many of the source's rows a run may quarantine; null for any number
   * @param mostBytes how much memory a part may take for another save to be decoded beside it
   * @param polite learns how long writing takes
   * @param disagreements enters what was found of the saves before they are written
   * @param firstLook called once, when some saves are written
   */
  StoreWriter(
      SaveStore store,
      RunState run,
      @Nullable CountOrShare maxQuarantine,
      long mostBytes,
      Politeness polite,
      Disagreements disagreements,
      Runnable firstLook) {
    this.polite = polite;
    this.disagreements = disagreements;
    this.firstLook = firstLook;
    this.maxQuarantine = maxQuarantine;
    this.store = store;
    this.run = run;
    this.mostBytes = mostBytes;
  }

  @Override
  public void write(Chunk<? extends PreparedBatch> batches) throws SQLException {
    for (PreparedBatch batch : batches) {
      CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);
      try {
        while (!batch.isAtEnd()) {
          run.await();
          writing = begin(batch.next(), writing);
        }
      } finally {
        // Also where the next part could not be prepared: nothing is written behind a step's back.
        finish(writing);
      }
    }
  }

  /** Begins to write a part once the one before is written. */
  private CompletableFuture<Void> begin(List<PreparedSave> part, CompletableFuture<Void> before)
      throws SQLException {
    finish(before);
    CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> store(part), WRITING);
    if (part.stream().mapToLong(PreparedSave::footprint).sum() > mostBytes) {
      // A save that needs its whole share of the heap has it alone.
      finish(writing);
    }
    return writing;
  }

  private void store(List<PreparedSave> saves) {
    try {
      long began = System.nanoTime();
      disagreements.enter(saves.stream().map(PreparedSave::key).toList());
      List<Boolean> migrated = store.write(saves);
      polite.wrote(PreparedBatch.share(saves), System.nanoTime() - began);
      run.written().add(saves.size());
      run.quarantined().add(migrated.stream().filter(is -> !is).count());
      if (run.isFirstLook()) {
        firstLook.run();
      }
      checkQuarantine();
    } catch (SQLException e) {
      throw new UncheckedSqlException(e);
    }
  }

  /** When something is plainly wrong, a run is not to go through a million saves first. */
  private void checkQuarantine() {
    long most = maxQuarantine == null ? Long.MAX_VALUE : maxQuarantine.of(run.rows());
    if (run.quarantined().sum() > most) {
      throw new TooManyRefusedException(run.quarantined().sum(), most);
    }
  }

  private static void finish(CompletableFuture<Void> writing) throws SQLException {
    try {
      writing.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedSqlException unchecked
          && unchecked.getCause() instanceof SQLException sql) {
        throw sql;
      }
      throw e;
    }
  }
}
