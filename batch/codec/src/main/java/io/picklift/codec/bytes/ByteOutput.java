package io.picklift.codec.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A growing array of bytes, and the numbers that are written to it. Varints are Protobuf's: groups
 * of seven bits, lowest first. What this class writes, {@link ByteInput} reads.
 */
public final class ByteOutput {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT_BIG =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private static final int INITIAL = 256;
  private static final int MOST = Integer.MAX_VALUE - 8;

  /** Text is mostly shorter: a loop beats a call to copy it. */
  private static final int SHORT = 16;

  private static final int LONGEST_VARINT32 = 5;
  private static final int LONGEST_VARINT64 = 10;

  private static final byte[] NONE = {};

  private byte[] bytes;
  private int size;

  /** Takes no memory before something is added: of a save's parts many stay empty. */
  public ByteOutput() {
    bytes = NONE;
  }

  /** An array that does not grow for the first so many bytes. */
  public ByteOutput(int expected) {
    bytes = new byte[expected];
  }

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

  /** How many bytes can be added before the array grows. */
  public int room() {
    return bytes.length - size;
  }

  /** Makes room for so many more bytes: half as many again where it has to grow. */
  public void reserve(int more) {
    if (bytes.length - size < more) {
      grow(more);
    }
  }

  private void grow(int more) {
    int needed = Math.addExact(size, more);
    long wanted = Math.max(needed, Math.max(INITIAL, size + (long) (size >> 1)));
    bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Math.max(needed, MOST)));
  }

  /** Adds the low byte of a number. */
  public void put(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  public void put(byte[] from, int offset, int length) {
    reserve(length);
    if (length <= SHORT) {
      for (int i = 0; i < length; i++) {
        bytes[size + i] = from[offset + i];
      }
    } else {
      System.arraycopy(from, offset, bytes, size, length);
    }
    size += length;
  }

  /** An unsigned number of 32 bits as a varint. */
  public void varint(int value) {
    reserve(LONGEST_VARINT32);
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

  /** An unsigned number of 64 bits as a varint. */
  public void varint64(long value) {
    reserve(LONGEST_VARINT64);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** A number of either sign as a varint, short where it is near 0. */
  public void zigzag(int value) {
    varint((value << 1) ^ (value >> 31));
  }

  /** The same of 64 bits. */
  public void zigzag64(long value) {
    varint64((value << 1) ^ (value >> 63));
  }

  /** Two bytes, the lowest first. */
  public void int16(int value) {
    reserve(Short.BYTES);
    bytes[size] = (byte) value;
    bytes[size + 1] = (byte) (value >> 8);
    size += Short.BYTES;
  }

  /** Four bytes, the lowest first. */
  public void int32(int value) {
    reserve(Integer.BYTES);
    INT.set(bytes, size, value);
    size += Integer.BYTES;
  }

  /** Four bytes, the highest first. */
  public void int32BigEndian(int value) {
    reserve(Integer.BYTES);
    INT_BIG.set(bytes, size, value);
    size += Integer.BYTES;
  }

  /** Eight bytes, the lowest first. */
  public void int64(long value) {
    reserve(Long.BYTES);
    LONG.set(bytes, size, value);
    size += Long.BYTES;
  }
}
