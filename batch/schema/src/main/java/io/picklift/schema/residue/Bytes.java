package io.picklift.schema.residue;

import java.util.Arrays;

/** A growing run of bytes. */
public final class Bytes {
  private byte[] bytes = new byte[256];
  private int size;

  public int size() {
    return size;
  }

  /** The bytes themselves, of which {@link #size} count: not a copy. */
  public byte[] array() {
    return bytes;
  }

  public byte[] toArray() {
    return Arrays.copyOf(bytes, size);
  }

  public void clear() {
    size = 0;
  }

  public void put(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  /** Adds a number from 0 in groups of seven bits, lowest first. */
  public void number(long value) {
    long left = value;
    room(10);
    while ((left & ~0x7fL) != 0) {
      bytes[size++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    bytes[size++] = (byte) left;
  }

  /** Adds a number of either sign, small ones short. */
  public void signed(long value) {
    number(value << 1 ^ value >> 63);
  }

  public void int32(int value) {
    room(4);
    bytes[size++] = (byte) (value >> 24);
    bytes[size++] = (byte) (value >> 16);
    bytes[size++] = (byte) (value >> 8);
    bytes[size++] = (byte) value;
  }

  public void put(byte[] from, int offset, int length) {
    room(length);
    System.arraycopy(from, offset, bytes, size, length);
    size += length;
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), bytes.length * 2));
    }
  }
}
