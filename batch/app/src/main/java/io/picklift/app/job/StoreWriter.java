package io.picklift.app.job;

import io.picklift.app.config.CountOrShare;
import io.picklift.app.database.UncheckedSqlException;
import io.picklift.app.disagree.Disagreements;
import io.picklift.app.source.ProgressListener;
import io.picklift.app.target.PreparedSave;
import io.picklift.app.target.SaveStore;
import io.picklift.app.throttle.Politeness;
import io.picklift.app.view.SafeText;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * Writes batches into the target, each part in a transaction of its own. While the server works on
 * one part, the next is read and decoded, that of the next batch too: the ledger says what is
 * written, and not the position in the job repository.
 */
class StoreWriter implements ItemWriter<PreparedBatch> {
  private final SaveStore store;
  private final RunState run;
  private final @Nullable CountOrShare maxQuarantine;
  private final long mostBytes;
  private final Politeness polite;
  private final Disagreements disagreements;
  private final Runnable firstLook;
  private final ProgressListener progress;
  private final WriteUnderWay underWay;

  /**
   * @param maxQuarantine how many of the source's rows a run may quarantine; null for any number
   * @param mostBytes how much memory a part may take for another save to be decoded beside it
   * @param polite learns how long writing takes
   * @param disagreements enters what was found of the saves before they are written
   * @param firstLook called once, when some saves are written
   * @param progress is told what was written
   * @param underWay of this range; its reader waits for the last part
   */
  StoreWriter(
      SaveStore store,
      RunState run,
      @Nullable CountOrShare maxQuarantine,
      long mostBytes,
      Politeness polite,
      Disagreements disagreements,
      Runnable firstLook,
      ProgressListener progress,
      WriteUnderWay underWay) {
    this.underWay = underWay;
    this.polite = polite;
    this.disagreements = disagreements;
    this.firstLook = firstLook;
    this.progress = progress;
    this.maxQuarantine = maxQuarantine;
    this.store = store;
    this.run = run;
    this.mostBytes = mostBytes;
  }

  @Override
  public void write(Chunk<? extends PreparedBatch> batches) throws SQLException {
    for (PreparedBatch batch : batches) {
      while (!batch.isAtEnd()) {
        run.await();
        List<PreparedSave> part = batch.next();
        begin(part, batch.range());
      }
    }
  }

  private void begin(List<PreparedSave> part, int range) throws SQLException {
    underWay.begin(() -> store(part, range));
    if (part.stream().mapToLong(PreparedSave::footprint).sum() > mostBytes) {
      // A save that needs its whole share of the heap has it alone.
      underWay.finish();
    }
  }

  private void store(List<PreparedSave> saves, int range) {
    try {
      polite.writing(
          saves.size(),
          PreparedBatch.readBytes(saves),
          run::stopIfTold,
          () -> storeNow(saves, range));
    } catch (SQLException e) {
      throw new UncheckedSqlException(e);
    }
  }

  private void storeNow(List<PreparedSave> saves, int range) throws SQLException {
    long began = System.nanoTime();
    disagreements.enter(saves.stream().map(PreparedSave::key).toList());
    SaveStore.Written written = store.write(saves, range);
    long nanos = System.nanoTime() - began;
    polite.wrote(PreparedBatch.share(saves), nanos);
    run.written().add(written.written());
    run.quarantined().add(written.quarantined());
    run.conflicts().addAll(written.conflicts().keySet());
    run.merged().add(written.merged());
    told(written);
    long rows = saves.stream().mapToLong(PreparedSave::mappedRows).sum();
    progress.wrote(written.written(), written.quarantined(), rows, nanos);
    progress.worked(saves.size(), PreparedBatch.bytes(saves));
    if (run.isFirstLook()) {
      firstLook.run();
    }
    checkQuarantine(run, maxQuarantine);
  }

  /** Says where both sides changed a save that was to be merged. */
  private void told(SaveStore.Written written) {
    written
        .conflicts()
        .forEach(
            (key, reasons) ->
                reasons.forEach(
                    reason ->
                        progress.say(
                            SafeText.line(key.text())
                                + " is not merged: "
                                + SafeText.line(reason))));
  }

  /** When something is plainly wrong, a run is not to go through a million saves first. */
  static void checkQuarantine(RunState run, @Nullable CountOrShare maxQuarantine) {
    long most = maxQuarantine == null ? Long.MAX_VALUE : maxQuarantine.of(run.rows());
    if (run.quarantined().sum() > most) {
      throw new TooManyRefusedException(run.quarantined().sum(), most);
    }
  }
}
