package io.picklift.app.writeback;

/**
 * What a person allows a write-back to do.
 *
 * @param isJsonCleared whether a JSON copy beside a BLOB that is written becomes NULL
 * @param areTablesTaken whether a row is written, too, that was written or deleted in the source
 *     since it was last seen: what was written there is lost
 */
public record WritebackOptions(boolean isJsonCleared, boolean areTablesTaken) {
  public static final WritebackOptions NONE = new WritebackOptions(false, false);
}
