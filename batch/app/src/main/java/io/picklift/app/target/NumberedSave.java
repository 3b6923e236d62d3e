package io.picklift.app.target;

/**
 * A save that is ready to be written.
 *
 * @param isNew whether the ledger has no row with this id
 */
record NumberedSave(long saveId, boolean isNew, PreparedSave save) {
  NumberedSave with(PreparedSave other) {
    return new NumberedSave(saveId, isNew, other);
  }
}
