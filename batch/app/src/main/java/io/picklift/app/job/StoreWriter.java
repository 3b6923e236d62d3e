package io.picklift.app.job;

import io.picklift.app.target.SaveStore;
import java.sql.SQLException;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/** Writes batches into the target, each in a transaction of its own. */
class StoreWriter implements ItemWriter<PreparedBatch> {
  private final SaveStore store;
  private final RunState run;

  StoreWriter(SaveStore store, RunState run) {
    this.store = store;
    this.run = run;
  }

  @Override
  public void write(Chunk<? extends PreparedBatch> batches) throws SQLException {
    for (PreparedBatch batch : batches) {
      if (!batch.saves().isEmpty()) {
        store.write(batch.saves());
        run.written().add(batch.saves().size());
      }
    }
  }
}
