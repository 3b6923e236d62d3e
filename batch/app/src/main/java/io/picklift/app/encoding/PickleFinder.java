package io.picklift.app.encoding;

import io.picklift.codec.Limits;

/** Whether there is a pickle in some bytes, bare or wrapped. Immutable. */
public final class PickleFinder {
  private final Unpacker unpacker;

  public PickleFinder(Limits limits) {
    this.unpacker = new Unpacker(limits);
  }

  /** Whether the bytes are a whole pickle, or encodings with a whole pickle within. */
  public boolean isPickle(byte[] bytes) {
    if (PickleShape.isWhole(bytes)) {
      return true;
    }
    try {
      return PickleShape.isWhole(unpacker.auto(bytes).pickle());
    } catch (EncodingException e) {
      // Whatever it is, no pickle came out of it.
      return false;
    }
  }
}
