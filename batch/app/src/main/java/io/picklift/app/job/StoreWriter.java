package io.picklift.app.job;

import io.picklift.app.target.SaveStore;
import java.sql.SQLException;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/** Writes batches into the target, each in a transaction of its own. */
class StoreWriter implements ItemWriter<PreparedBatch> {
  private final SaveStore store;

  StoreWriter(SaveStore store) {
    this.store = store;
  }

  @Override
  public void write(Chunk<? extends PreparedBatch> batches) throws SQLException {
    for (PreparedBatch batch : batches) {
      if (!batch.saves().isEmpty()) {
        store.write(batch.saves());
      }
    }
  }
}
