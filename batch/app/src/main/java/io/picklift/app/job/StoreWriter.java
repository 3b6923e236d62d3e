package io.picklift.app.job;

import io.picklift.app.target.SaveStore;
import java.sql.SQLException;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/** Writes batches into the target, each in a transaction of its own. */
class StoreWriter implements ItemWriter<DecodedBatch> {
  private final SaveStore store;

  StoreWriter(SaveStore store) {
    this.store = store;
  }

  @Override
  public void write(Chunk<? extends DecodedBatch> batches) throws SQLException {
    for (DecodedBatch batch : batches) {
      if (!batch.outcomes().isEmpty()) {
        store.write(batch.outcomes());
      }
    }
  }
}
