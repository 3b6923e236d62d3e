package io.picklift.app.range;

import io.picklift.app.source.SaveKey;
import org.jspecify.annotations.Nullable;

/**
 * A range of the source's keys.
 *
 * @param number in the order of the keys; {@link #NONE} of one that the target does not know
 * @param after the key before the first; null for the source's beginning
 * @param upTo the last key; null for the source's end
 */
public record KeyRange(int number, @Nullable SaveKey after, @Nullable SaveKey upTo) {
  /** No range's number. */
  public static final int NONE = 0;
}
