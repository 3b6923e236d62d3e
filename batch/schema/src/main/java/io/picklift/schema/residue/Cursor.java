package io.picklift.schema.residue;

/** Reads what {@link Bytes} wrote; checks every length. */
final class Cursor {
  private final byte[] bytes;
  private final int end;
  private int at;

  Cursor(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  byte[] array() {
    return bytes;
  }

  int position() {
    return at;
  }

  int left() {
    return end - at;
  }

  int next() throws ResidueException {
    if (at >= end) {
      throw ends();
    }
    return bytes[at++] & 0xff;
  }

  long number() throws ResidueException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int b = next();
      value |= (long) (b & 0x7f) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw new ResidueException("holds a number that does not end");
  }

  /** A number from 0 to {@code most}. */
  int count(int most) throws ResidueException {
    long value = number();
    if (value < 0 || value > most) {
      throw new ResidueException("holds a count out of range");
    }
    return (int) value;
  }

  long signed() throws ResidueException {
    long value = number();
    return value >>> 1 ^ -(value & 1);
  }

  int int32() throws ResidueException {
    int from = skip(4);
    return bytes[from] << 24
        | (bytes[from + 1] & 0xff) << 16
        | (bytes[from + 2] & 0xff) << 8
        | (bytes[from + 3] & 0xff);
  }

  /** Steps over {@code length} bytes; returns where they start. */
  int skip(int length) throws ResidueException {
    if (length < 0 || length > end - at) {
      throw ends();
    }
    int from = at;
    at += length;
    return from;
  }

  private static ResidueException ends() {
    return new ResidueException("ends too early");
  }
}
