package io.picklift.app.job;

import io.picklift.app.decode.Refusal;
import io.picklift.app.decode.SaveDecoder;
import io.picklift.app.decode.SaveOutcome;
import io.picklift.app.disagree.Disagreements;
import io.picklift.app.source.SaveBatch;
import io.picklift.app.source.SourceRow;
import io.picklift.app.target.PreparedSave;
import io.picklift.app.target.SavePreparer;
import io.picklift.app.throttle.Politeness;
import org.springframework.batch.infrastructure.item.ItemProcessor;

/**
 * Decodes the saves of a batch and splits them into rows, as many at a time as there is memory for.
 */
class DecodeProcessor implements ItemProcessor<SaveBatch, PreparedBatch> {
  private final SaveDecoder decoder;
  private final SavePreparer preparer;
  private final long mostBytes;
  private final LastResort lastResort;
  private final Politeness polite;
  private final Disagreements disagreements;

  /**
   * @param mostBytes how much memory a part of a batch may take
   * @param lastResort one for all that decode at a time
   * @param polite says how large a part of a batch may be
   * @param disagreements is told of each save that was decoded
   */
  DecodeProcessor(
      SaveDecoder decoder,
      SavePreparer preparer,
      long mostBytes,
      LastResort lastResort,
      Politeness polite,
      Disagreements disagreements) {
    this.polite = polite;
    this.disagreements = disagreements;
    this.decoder = decoder;
    this.preparer = preparer;
    this.mostBytes = mostBytes;
    this.lastResort = lastResort;
  }

  @Override
  public PreparedBatch process(SaveBatch batch) {
    return new PreparedBatch(batch.rows(), this::prepare, mostBytes, polite);
  }

  private SaveOutcome compared(SaveOutcome outcome) {
    disagreements.compare(outcome);
    return outcome;
  }

  private PreparedSave prepare(SourceRow row) {
    return lastResort.run(
        () -> preparer.prepare(compared(decoder.decode(row))),
        () -> preparer.prepare(new SaveOutcome.Refused(row, Refusal.outOfMemory())));
  }
}
