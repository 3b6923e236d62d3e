package io.picklift.codec.protobuf;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A growing array that a packed field is written to. */
final class ByteSink {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;
  private int size;

  ByteSink(int expected) {
    bytes = new byte[expected + 16];
  }

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  byte[] array() {
    return bytes;
  }

  /** A varint of an unsigned int: {@code uint32}. */
  void varint(int value) {
    reserve(5);
    byte[] out = bytes;
    int at = size;
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      out[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    out[at++] = (byte) rest;
    size = at;
  }

  /** A zigzag varint: {@code sint32}. */
  void zigzag(int value) {
    varint((value << 1) ^ (value >> 31));
  }

  void fixed64(int high, int low) {
    reserve(Long.BYTES);
    LONG.set(bytes, size, ((long) high << 32) | (low & 0xffff_ffffL));
    size += Long.BYTES;
  }

  void bytes(byte[] source, int offset, int length) {
    reserve(length);
    if (length <= 16) {
      for (int i = 0; i < length; i++) {
        bytes[size + i] = source[offset + i];
      }
    } else {
      System.arraycopy(source, offset, bytes, size, length);
    }
    size += length;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      int needed = Math.addExact(size, more);
      bytes = Arrays.copyOf(bytes, Math.max(needed, size + (size >> 1)));
    }
  }
}
