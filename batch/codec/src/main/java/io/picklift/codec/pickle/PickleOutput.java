package io.picklift.codec.pickle;

import io.picklift.codec.Memory;
import io.picklift.codec.error.ErrorCode;
import io.picklift.codec.error.LimitException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A growing array of bytes with a limit. */
final class PickleOutput {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT_BIG =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  /** Room that every check leaves, so that an opcode with its short argument needs one check. */
  private static final int SLACK = 32;

  /**
   * A byte takes so many of heap: in the array, in the longer one that follows, with its frames.
   */
  private static final int COPIES = 4;

  private final long limit;
  private final Memory memory;
  private byte[] bytes;
  private int size;

  PickleOutput(int expected, long limit, Memory memory) throws LimitException {
    memory.need(COPIES * (long) expected);
    bytes = new byte[Math.max(expected, 0) + 2 * SLACK];
    this.limit = limit;
    this.memory = memory;
  }

  int size() {
    return size;
  }

  byte[] array() {
    return bytes;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** Makes room for {@code more} bytes and an opcode. */
  private void reserve(int more) throws LimitException {
    if (bytes.length - size < more + SLACK) {
      grow(more);
    }
  }

  private void grow(int more) throws LimitException {
    long needed = (long) size + more + 2 * SLACK;
    if (needed - 2 * SLACK > limit || needed > Integer.MAX_VALUE - 8) {
      throw new LimitException(ErrorCode.LIMIT_OUTPUT, "outputBytes", limit, -1, "");
    }
    memory.need(COPIES * needed);
    long wanted = Math.max(needed, bytes.length + (bytes.length >> 1));
    bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Integer.MAX_VALUE - 8));
  }

  void opcode(int opcode) throws LimitException {
    reserve(0);
    bytes[size++] = (byte) opcode;
  }

  /** An opcode with an argument of one byte. */
  void opcode1(int opcode, int argument) throws LimitException {
    reserve(0);
    bytes[size] = (byte) opcode;
    bytes[size + 1] = (byte) argument;
    size += 2;
  }

  void opcode2(int opcode, int argument) throws LimitException {
    reserve(0);
    bytes[size] = (byte) opcode;
    bytes[size + 1] = (byte) argument;
    bytes[size + 2] = (byte) (argument >> 8);
    size += 3;
  }

  void opcode4(int opcode, int argument) throws LimitException {
    reserve(0);
    bytes[size] = (byte) opcode;
    INT.set(bytes, size + 1, argument);
    size += 5;
  }

  void opcode8(int opcode, long argument) throws LimitException {
    reserve(0);
    bytes[size] = (byte) opcode;
    LONG.set(bytes, size + 1, argument);
    size += 9;
  }

  void opcodeDouble(int opcode, int high, int low) throws LimitException {
    reserve(0);
    bytes[size] = (byte) opcode;
    INT_BIG.set(bytes, size + 1, high);
    INT_BIG.set(bytes, size + 5, low);
    size += 9;
  }

  /** An opcode whose argument is a decimal number and a newline. */
  void opcodeText(int opcode, long argument) throws LimitException {
    reserve(0);
    bytes[size++] = (byte) opcode;
    String digits = Long.toString(argument);
    for (int i = 0; i < digits.length(); i++) {
      bytes[size++] = (byte) digits.charAt(i);
    }
    bytes[size++] = '\n';
  }

  void bytes(byte[] source, int offset, int length) throws LimitException {
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
}
