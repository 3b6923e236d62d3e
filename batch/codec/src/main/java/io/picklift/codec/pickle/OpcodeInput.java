package io.picklift.codec.pickle;

import static io.picklift.codec.error.ErrorCode.STACK_UNDERFLOW;
import static io.picklift.codec.error.ErrorCode.TRUNCATED;
import static io.picklift.codec.error.ErrorCode.WRONG_TYPE;

import io.picklift.codec.error.ErrorCode;
import io.picklift.codec.error.MalformedException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bytes of a pickle, opcode by opcode: takes arguments, each checked against the bytes that are
 * left, and makes the refusals, which say where. A superclass and not a field of the decoder: its
 * three ints are read at every opcode.
 */
abstract class OpcodeInput {
  static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle INT_BIG =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  byte[] in = new byte[0];
  int pos;
  int end;

  /** Where the opcode at hand stands. */
  int start;

  /** Takes {@code size} bytes; returns where they start. */
  final int advance(int size) throws MalformedException {
    int at = pos;
    if (size > end - at) {
      throw truncated();
    }
    pos = at + size;
    return at;
  }

  final int count1() throws MalformedException {
    return in[advance(1)] & 0xff;
  }

  final long count4() throws MalformedException {
    return (int) INT.get(in, advance(4)) & 0xffff_ffffL;
  }

  final long count8() throws MalformedException {
    return (long) LONG.get(in, advance(8));
  }

  final int memoIndex1() throws MalformedException {
    return in[advance(1)] & 0xff;
  }

  final long memoIndex4() throws MalformedException {
    return (int) INT.get(in, advance(4)) & 0xffff_ffffL;
  }

  /**
   * Takes a line; returns its length without the newline, which {@code pos} is after.
   *
   * @param least the shortest it may be ({@code bad_readline})
   */
  final int line(int least) throws MalformedException {
    int at = pos;
    int i = at;
    while (i < end && in[i] != '\n') {
      i++;
    }
    if (i == end) {
      throw fail(TRUNCATED, "the line does not end");
    }
    if (i - at < least) {
      throw fail(TRUNCATED, "the line is empty");
    }
    pos = i + 1;
    return i - at;
  }

  final MalformedException wrongType(String reason) {
    return fail(WRONG_TYPE, reason);
  }

  final MalformedException underflow() {
    return fail(STACK_UNDERFLOW, "there is not enough on the stack");
  }

  final MalformedException truncated() {
    return fail(TRUNCATED, "the argument is longer than the bytes that are left");
  }

  final MalformedException fail(ErrorCode code, String reason) {
    return new MalformedException(code, reason, start, opcodeName());
  }

  final String opcodeName() {
    return Opcode.name(in[start] & 0xff);
  }
}
