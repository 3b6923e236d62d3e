package io.picklift.codec;

import io.picklift.codec.error.LimitException;

/**
 * The heap that one step may take for a save: what it is about to allocate in proportion to the
 * save, it asks for first. Counts at most, and not to the byte.
 */
public final class Memory {
  private final long limit;
  private long left;

  private Memory(long limit, long left) {
    this.limit = limit;
    this.left = left;
  }

  /**
   * What there is beside what is there already.
   *
   * @throws LimitException where that alone is too much
   */
  public static Memory beside(long taken, Limits limits) throws LimitException {
    Memory memory = new Memory(limits.memory(), limits.memory());
    memory.take(taken);
    return memory;
  }

  /** Takes bytes for good. */
  public void take(long bytes) throws LimitException {
    need(bytes);
    left -= bytes;
  }

  /** Asks for bytes that are let go again. */
  public void need(long bytes) throws LimitException {
    if (bytes > left) {
      throw LimitException.memory(limit);
    }
  }

  /** How many bytes may yet be taken. */
  public long left() {
    return left;
  }
}
