package io.picklift.app.job;

import io.picklift.app.database.UncheckedSqlException;
import io.picklift.app.decode.Refusal;
import io.picklift.app.decode.SaveDecoder;
import io.picklift.app.decode.SaveOutcome;
import io.picklift.app.disagree.Disagreements;
import io.picklift.app.memory.LastResort;
import io.picklift.app.poison.SavesInHand;
import io.picklift.app.source.SaveBatch;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SourceRow;
import io.picklift.app.target.PreparedSave;
import io.picklift.app.target.SavePreparer;
import io.picklift.app.throttle.BenchWait;
import io.picklift.app.throttle.Politeness;
import io.picklift.jython.EndingException;
import io.picklift.schema.tables.split.FrozenException;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.infrastructure.item.ItemProcessor;

/**
 * Decodes the saves of a batch and splits them into rows, as many at a time as there is memory for.
 * What is in hand is noted before, in case the process does not live to say what it died of.
 */
class DecodeProcessor implements ItemProcessor<SaveBatch, PreparedBatch> {
  private static final Logger LOG = LoggerFactory.getLogger(DecodeProcessor.class);

  private final SaveDecoder decoder;
  private final SavePreparer preparer;
  private final long mostBytes;
  private final LastResort lastResort;
  private final Politeness polite;
  private final Disagreements disagreements;
  private final SavesInHand inHand;
  private final String slot;

  /**
   * @param mostBytes how much memory a part of a batch may take
   * @param lastResort one for all that decode at a time
   * @param polite says how large a part of a batch may be
   * @param disagreements is told of each save that was decoded
   * @param inHand is told which saves are being decoded
   */
  DecodeProcessor(
      SaveDecoder decoder,
      SavePreparer preparer,
      long mostBytes,
      LastResort lastResort,
      Politeness polite,
      Disagreements disagreements,
      SavesInHand inHand) {
    this.polite = polite;
    this.disagreements = disagreements;
    this.decoder = decoder;
    this.preparer = preparer;
    this.mostBytes = mostBytes;
    this.lastResort = lastResort;
    this.inHand = inHand;
    slot = inHand.slot();
  }

  @Override
  public PreparedBatch process(SaveBatch batch) throws SQLException {
    List<SaveKey> keys = batch.rows().stream().map(SourceRow::key).toList();
    inHand.hold(slot, keys, false);
    return new PreparedBatch(
        batch.rows(), batch.range(), row -> prepare(row, keys), mostBytes, polite);
  }

  private PreparedSave prepare(SourceRow row, List<SaveKey> batch) {
    if (inHand.isPoison(row.key())) {
      return refused(row, Refusal.poison());
    }
    if (!inHand.isSuspect(row.key())) {
      return lastResort.run(() -> decoded(row), () -> refused(row, Refusal.outOfMemory()));
    }
    return lastResort.alone(
        () -> {
          hold(List.of(row.key()), true);
          PreparedSave save = decoded(row);
          hold(batch, false);
          return save;
        },
        () -> refused(row, Refusal.outOfMemory()));
  }

  private void hold(List<SaveKey> keys, boolean isAlone) {
    try {
      inHand.hold(slot, keys, isAlone);
    } catch (SQLException e) {
      throw new UncheckedSqlException(e);
    }
  }

  /** One save that shows a defect of Picklift must not end the run for all others. */
  private PreparedSave decoded(SourceRow row) {
    try {
      BenchWait.of(1);
      SaveOutcome outcome = decoder.decode(row);
      disagreements.compare(outcome);
      return preparer.prepare(outcome);
    } catch (UncheckedSqlException | FrozenException e) {
      throw e;
    } catch (EndingException e) {
      throw new StoppedException();
    } catch (RuntimeException | StackOverflowError e) {
      LOG.warn("a save is quarantined, since decoding it showed a defect of Picklift", e);
      return refused(row, Refusal.ofDefect(e));
    }
  }

  private PreparedSave refused(SourceRow row, Refusal refusal) {
    return preparer.prepare(new SaveOutcome.Refused(row, refusal));
  }
}
