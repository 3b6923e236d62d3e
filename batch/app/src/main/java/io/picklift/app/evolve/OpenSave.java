package io.picklift.app.evolve;

import io.picklift.app.rebuild.SaveRebuilder;
import org.jspecify.annotations.Nullable;

/**
 * A migrated save, as the ledger has it.
 *
 * @param rowsSha256 of the rows that it was taken apart from before; null where it was not
 * @param isSameArchive whether its archive is still the one of that time
 */
record OpenSave(
    SaveRebuilder.Migrated migrated,
    String key,
    long bytes,
    byte @Nullable [] rowsSha256,
    boolean isSameArchive) {
  long id() {
    return migrated.saveId();
  }
}
