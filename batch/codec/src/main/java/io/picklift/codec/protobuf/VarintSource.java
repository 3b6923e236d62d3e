package io.picklift.codec.protobuf;

import io.picklift.codec.error.ArchiveException;

/** Reads one packed field. */
final class VarintSource {
  private final byte[] bytes;
  private final String field;
  private int at;
  private final int end;

  VarintSource(byte[] bytes, int start, int length, String field) {
    this.bytes = bytes;
    this.field = field;
    at = start;
    end = start + length;
  }

  int varint() throws ArchiveException {
    int value = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += 7) {
      if (at >= end) {
        throw new ArchiveException("the field " + field + " has too few values");
      }
      byte next = bytes[at++];
      value |= (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new ArchiveException("the field " + field + " has a value beyond 32 bits");
  }

  int zigzag() throws ArchiveException {
    int value = varint();
    return (value >>> 1) ^ -(value & 1);
  }

  /** The next {@code size} bytes; returns where they start. */
  int skip(int size) throws ArchiveException {
    if (size < 0 || size > end - at) {
      throw new ArchiveException("the field " + field + " has too few bytes");
    }
    int start = at;
    at += size;
    return start;
  }

  boolean isAtEnd() {
    return at == end;
  }

  void checkEnd() throws ArchiveException {
    if (at != end) {
      throw new ArchiveException("the field " + field + " has more than the nodes need");
    }
  }
}
