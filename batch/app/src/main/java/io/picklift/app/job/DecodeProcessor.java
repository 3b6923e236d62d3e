package io.picklift.app.job;

import io.picklift.app.decode.SaveDecoder;
import io.picklift.app.source.SaveBatch;
import org.springframework.batch.infrastructure.item.ItemProcessor;

/** Decodes the saves of a batch. */
class DecodeProcessor implements ItemProcessor<SaveBatch, DecodedBatch> {
  private final SaveDecoder decoder;

  DecodeProcessor(SaveDecoder decoder) {
    this.decoder = decoder;
  }

  @Override
  public DecodedBatch process(SaveBatch batch) {
    return new DecodedBatch(batch.rows().stream().map(decoder::decode).toList());
  }
}
