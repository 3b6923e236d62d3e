package io.picklift.codec.pickle;

import io.picklift.codec.Memory;
import io.picklift.codec.bytes.ByteOutput;
import io.picklift.codec.error.ErrorCode;
import io.picklift.codec.error.LimitException;

/** A pickle being written: opcodes with their arguments, up to a limit. */
final class PickleOutput {
  /** Room that every check leaves, so that an opcode with its short argument needs one check. */
  private static final int SLACK = 32;

  /**
   * A byte takes so many of heap: in the array, in the longer one that follows, with its frames.
   */
  private static final int COPIES = 4;

  private final long limit;
  private final Memory memory;
  private final ByteOutput out;

  PickleOutput(int expected, long limit, Memory memory) throws LimitException {
    memory.need(COPIES * (long) expected);
    out = new ByteOutput(Math.max(expected, 0) + 2 * SLACK);
    this.limit = limit;
    this.memory = memory;
  }

  int size() {
    return out.size();
  }

  byte[] array() {
    return out.array();
  }

  byte[] toBytes() {
    return out.toArray();
  }

  /** Makes room for {@code more} bytes and an opcode. */
  private void reserve(int more) throws LimitException {
    if (out.room() < more + SLACK) {
      grow(more);
    }
  }

  private void grow(int more) throws LimitException {
    long needed = (long) out.size() + more + 2 * SLACK;
    if (needed - 2 * SLACK > limit || needed > Integer.MAX_VALUE - 8) {
      throw new LimitException(ErrorCode.LIMIT_OUTPUT, "outputBytes", limit, -1, "");
    }
    memory.need(COPIES * needed);
    out.reserve(more + 2 * SLACK);
  }

  void opcode(int opcode) throws LimitException {
    reserve(0);
    out.put(opcode);
  }

  /** An opcode with an argument of one byte. */
  void opcode1(int opcode, int argument) throws LimitException {
    reserve(0);
    out.int16((opcode & 0xff) | argument << Byte.SIZE);
  }

  void opcode2(int opcode, int argument) throws LimitException {
    reserve(0);
    out.put(opcode);
    out.int16(argument);
  }

  void opcode4(int opcode, int argument) throws LimitException {
    reserve(0);
    out.put(opcode);
    out.int32(argument);
  }

  void opcode8(int opcode, long argument) throws LimitException {
    reserve(0);
    out.put(opcode);
    out.int64(argument);
  }

  void opcodeDouble(int opcode, int high, int low) throws LimitException {
    reserve(0);
    out.put(opcode);
    out.int32BigEndian(high);
    out.int32BigEndian(low);
  }

  /** An opcode whose argument is a decimal number and a newline. */
  void opcodeText(int opcode, long argument) throws LimitException {
    reserve(0);
    out.put(opcode);
    String digits = Long.toString(argument);
    for (int i = 0; i < digits.length(); i++) {
      out.put(digits.charAt(i));
    }
    out.put('\n');
  }

  void bytes(byte[] source, int offset, int length) throws LimitException {
    reserve(length);
    out.put(source, offset, length);
  }
}
