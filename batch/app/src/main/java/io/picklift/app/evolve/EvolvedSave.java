package io.picklift.app.evolve;

import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.split.SplitCounts;
import java.util.Map;
import java.util.Set;

/**
 * A save as the new mapping has it.
 *
 * @param key in the source
 * @param rowsSha256 of the former rows
 * @param archiveSha256 of the former archive
 * @param unfitColumns how many values columns could not hold
 * @param foundColumns columns whose path leads to something in it
 * @param others tables that were to be kept, of which it has other rows now
 */
record EvolvedSave(
    String key,
    byte[] rowsSha256,
    byte[] archiveSha256,
    SaveRows rows,
    byte[] residue,
    SplitCounts counts,
    Map<String, Long> unfitColumns,
    Set<String> foundColumns,
    Set<String> others) {
  long id() {
    return rows.saveId();
  }

  long footprint() {
    return rows.footprint() + residue.length;
  }
}
