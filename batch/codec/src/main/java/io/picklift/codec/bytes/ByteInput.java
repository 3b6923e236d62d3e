package io.picklift.codec.bytes;

import io.picklift.codec.error.DamagedException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads a part of an array that {@link ByteOutput} wrote, and checks every length. */
public final class ByteInput {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final String name;
  private final int end;
  private int at;

  /**
   * Reads the bytes from one index to another, exclusive.
   *
   * @param name what the part is, for the message where it is damaged
   */
  public ByteInput(byte[] bytes, int from, int end, String name) {
    this.bytes = bytes;
    this.name = name;
    this.end = end;
    at = from;
  }

  /** All of the array: not a copy. */
  public byte[] array() {
    return bytes;
  }

  /** The index in the array of the byte that is read next. */
  public int position() {
    return at;
  }

  public int left() {
    return end - at;
  }

  public boolean isAtEnd() {
    return at == end;
  }

  /** The next byte, from 0 to 255. */
  public int next() throws DamagedException {
    if (at >= end) {
      throw ends();
    }
    return bytes[at++] & 0xff;
  }

  /** A varint of at most 32 bits. */
  public int varint() throws DamagedException {
    int value = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += 7) {
      if (at >= end) {
        throw ends();
      }
      byte next = bytes[at++];
      value |= (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new DamagedException(name + " has a number beyond 32 bits");
  }

  /** A varint of at most 64 bits. */
  public long varint64() throws DamagedException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = next();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new DamagedException(name + " has a number beyond 64 bits");
  }

  /** A varint from 0 to {@code most}. */
  public int count(int most) throws DamagedException {
    long value = varint64();
    if (value < 0 || value > most) {
      throw new DamagedException(name + " has a count out of range");
    }
    return (int) value;
  }

  /** A number of either sign that {@link ByteOutput#zigzag} wrote. */
  public int zigzag() throws DamagedException {
    int value = varint();
    return (value >>> 1) ^ -(value & 1);
  }

  /** A number of either sign that {@link ByteOutput#zigzag64} wrote. */
  public long zigzag64() throws DamagedException {
    long value = varint64();
    return (value >>> 1) ^ -(value & 1);
  }

  /** Four bytes, the highest first. */
  public int int32BigEndian() throws DamagedException {
    int from = skip(Integer.BYTES);
    return bytes[from] << 24
        | (bytes[from + 1] & 0xff) << 16
        | (bytes[from + 2] & 0xff) << 8
        | (bytes[from + 3] & 0xff);
  }

  /** Eight bytes, the lowest first. */
  public long int64() throws DamagedException {
    return (long) LONG.get(bytes, skip(Long.BYTES));
  }

  /** Steps over {@code length} bytes; returns where they start. */
  public int skip(int length) throws DamagedException {
    if (length < 0 || length > end - at) {
      throw ends();
    }
    int from = at;
    at += length;
    return from;
  }

  private DamagedException ends() {
    return new DamagedException(name + " ends too early");
  }
}
