package io.picklift.app.encoding;

import io.picklift.app.encoding.format.EncodingException;
import io.picklift.app.encoding.format.OutputBudget;
import io.picklift.codec.Limits;

/** Finds out whether bytes hold a pickle, bare or encoded. Immutable. */
public final class PickleFinder {
  private final Limits limits;

  public PickleFinder(Limits limits) {
    this.limits = limits;
  }

  /** Whether the bytes are a whole pickle, or encodings with a whole pickle within. */
  public boolean isPickle(byte[] bytes) {
    try {
      OutputBudget room = new OutputBudget(limits, bytes.length);
      return bytes.length > 0 && new PickleSearch(room, bytes.length).find(bytes) != null;
    } catch (EncodingException e) {
      // Whatever it is, no pickle came out of it.
      return false;
    }
  }
}
