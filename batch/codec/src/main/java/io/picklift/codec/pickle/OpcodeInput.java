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
 * left, and makes the refusals, which say where.
 */
final class OpcodeInput {
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

  /** Starts anew with the bytes of {@code pickle}. */
  void reset(byte[] pickle) {
    in = pickle;
    pos = 0;
    start = 0;
    end = pickle.length;
  }

  /** Takes {@code size} bytes; returns where they start. */
  int advance(int size) throws MalformedException {
    int at = pos;
    if (size > end - at) {
      throw truncated();
    }
    pos = at + size;
    return at;
  }

  int count1() throws MalformedException {
    return in[advance(1)] & 0xff;
  }

  long count4() throws MalformedException {
    return (int) INT.get(in, advance(4)) & 0xffff_ffffL;
  }

  long count8() throws MalformedException {
    return (long) LONG.get(in, advance(8));
  }

  int memoIndex1() throws MalformedException {
    return in[advance(1)] & 0xff;
  }

  long memoIndex4() throws MalformedException {
    return (int) INT.get(in, advance(4)) & 0xffff_ffffL;
  }

  /**
   * Takes a line; returns its length without the newline, which {@code pos} is after.
   *
   * @param least the shortest it may be ({@code bad_readline})
   */
  int line(int least) throws MalformedException {
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

  MalformedException wrongType(String reason) {
    return fail(WRONG_TYPE, reason);
  }

  MalformedException underflow() {
    return fail(STACK_UNDERFLOW, "there is not enough on the stack");
  }

  MalformedException truncated() {
    return fail(TRUNCATED, "the argument is longer than the bytes that are left");
  }

  MalformedException fail(ErrorCode code, String reason) {
    return new MalformedException(code, reason, start, opcodeName());
  }

  String opcodeName() {
    return Opcode.name(in[start] & 0xff);
  }
}
