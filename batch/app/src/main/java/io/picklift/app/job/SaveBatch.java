package io.picklift.app.job;

import io.picklift.app.source.SourceRow;
import java.util.List;

/**
 * Saves that are worked on together: one transaction.
 *
 * @param rows in the key's order; bounded by bytes, but at least one
 */
record SaveBatch(List<SourceRow> rows) {
  SaveBatch {
    rows = List.copyOf(rows);
  }
}
