package io.picklift.app.target;

import java.util.Set;

/**
 * A save that is ready to be written.
 *
 * @param isNew whether the ledger has no row with this id
 * @param range the number of the range that its key is in; 0 for none
 * @param kept the numbers of the tables that have the save's rows already, and keep them
 */
record NumberedSave(long saveId, boolean isNew, int range, PreparedSave save, Set<Integer> kept) {
  NumberedSave {
    kept = Set.copyOf(kept);
  }

  NumberedSave(long saveId, boolean isNew, int range, PreparedSave save) {
    this(saveId, isNew, range, save, Set.of());
  }

  /** Another save in its place, of which no table has a row. */
  NumberedSave with(PreparedSave other) {
    return new NumberedSave(saveId, isNew, range, other);
  }

  NumberedSave keeping(Set<Integer> tables) {
    return new NumberedSave(saveId, isNew, range, save, tables);
  }
}
