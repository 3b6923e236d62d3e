package io.picklift.bench;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Steps over the opcodes of a pickle of protocol 2 to 5 and makes nothing of them: what no decoder
 * can be faster than.
 */
final class OpcodeScan {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private OpcodeScan() {}

  /** How many opcodes there are. */
  static int count(byte[] pickle) {
    int at = 0;
    int count = 0;
    while (true) {
      int opcode = pickle[at++] & 0xff;
      count++;
      switch (opcode) {
        case '.' -> {
          return count;
        }
        case 'h', 'q', 'K', 0x80, 0x82 -> at++;
        case 'M', 0x83 -> at += 2;
        case 'J', 'j', 'r', 0x84 -> at += 4;
        case 'G', 0x95 -> at += 8;
        case 'U', 'C', 0x8a, 0x8c -> at += 1 + (pickle[at] & 0xff);
        case 'X', 'B', 'T', 0x8b -> at += 4 + (int) INT.get(pickle, at);
        case 0x8d, 0x8e, 0x96 -> at += 8 + (int) (long) LONG.get(pickle, at);
        case 'c' -> at = line(pickle, line(pickle, at));
        case 'I', 'L', 'F', 'S', 'V', 'P', 'g', 'p' -> at = line(pickle, at);
        default -> {}
      }
    }
  }

  private static int line(byte[] pickle, int from) {
    int at = from;
    while (pickle[at] != '\n') {
      at++;
    }
    return at + 1;
  }
}
