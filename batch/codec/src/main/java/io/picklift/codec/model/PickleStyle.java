package io.picklift.codec.model;

/**
 * What a pickle's bytes need beside the values: what its pickler chose for the pickle as a whole.
 *
 * @param protocol the last {@code PROTO}'s argument, 0 where there is none
 * @param proto whether the pickle starts with {@code PROTO}
 * @param putBase the number of the first {@code PUT}: 1 for Python 2's {@code cPickle}, else 0
 * @param frames pairs of (where a frame starts in the pickle without its {@code FRAME} opcodes, the
 *     length it gives)
 * @param bodyLength bytes up to and with {@code STOP}, without the {@code FRAME} opcodes: the
 *     frames hold for no other
 * @param trailing bytes after the last {@code STOP}
 * @param regular false where something was seen that no pickler writes and that the graph does not
 *     keep (values popped, a memo out of order, integers with leading zeros), so that the same
 *     bytes cannot be written again
 * @param records how many pickles there are; what is said of one holds for each of them, and
 *     positions are of all of them together
 */
public record PickleStyle(
    int protocol,
    boolean proto,
    int putBase,
    long[] frames,
    long bodyLength,
    byte[] trailing,
    boolean regular,
    Records records) {

  /** The style of one pickle. */
  public PickleStyle(
      int protocol,
      boolean proto,
      int putBase,
      long[] frames,
      long bodyLength,
      byte[] trailing,
      boolean regular) {
    this(protocol, proto, putBase, frames, bodyLength, trailing, regular, Records.SINGLE);
  }

  /** The style of a pickle that nobody wrote yet: {@code protocol}, framed as CPython frames. */
  public static PickleStyle ofProtocol(int protocol) {
    return new PickleStyle(protocol, protocol >= 2, 0, new long[0], -1, new byte[0], true);
  }
}
