package io.picklift.app.job;

import io.picklift.app.decode.SaveDecoder;
import io.picklift.app.source.SaveBatch;
import io.picklift.app.target.SavePreparer;
import org.springframework.batch.infrastructure.item.ItemProcessor;

/** Has the saves of a batch decoded and taken apart, so far as there is memory for them. */
class DecodeProcessor implements ItemProcessor<SaveBatch, PreparedBatch> {
  private final SaveDecoder decoder;
  private final SavePreparer preparer;
  private final long mostBytes;

  /**
   * @param mostBytes how much memory a part of a batch may take
   */
  DecodeProcessor(SaveDecoder decoder, SavePreparer preparer, long mostBytes) {
    this.decoder = decoder;
    this.preparer = preparer;
    this.mostBytes = mostBytes;
  }

  @Override
  public PreparedBatch process(SaveBatch batch) {
    return new PreparedBatch(batch.rows(), row -> preparer.prepare(decoder.decode(row)), mostBytes);
  }
}
