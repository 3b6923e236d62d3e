package io.picklift.app.job;

import io.picklift.app.decode.SaveDecoder;
import io.picklift.app.source.SaveBatch;
import io.picklift.app.target.SavePreparer;
import org.springframework.batch.infrastructure.item.ItemProcessor;

/** Decodes the saves of a batch, and takes them apart. */
class DecodeProcessor implements ItemProcessor<SaveBatch, PreparedBatch> {
  private final SaveDecoder decoder;
  private final SavePreparer preparer;

  DecodeProcessor(SaveDecoder decoder, SavePreparer preparer) {
    this.decoder = decoder;
    this.preparer = preparer;
  }

  @Override
  public PreparedBatch process(SaveBatch batch) {
    return new PreparedBatch(
        batch.rows().stream().map(row -> preparer.prepare(decoder.decode(row))).toList());
  }
}
