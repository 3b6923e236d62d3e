package io.picklift.codec.pickle;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Steps over a pickle's opcodes without doing what they say: where it ends, and its frames. */
final class PickleScan {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** What {@link #end} gives where the bytes are no whole pickle. */
  static final int NO_END = -1;

  private final byte[] bytes;
  private int[] frames = new int[8];
  private int frameCount;

  /** Where opcodes start; null where nobody asks. */
  private final @Nullable BitSet starts;

  PickleScan(byte[] bytes) {
    this(bytes, null);
  }

  PickleScan(byte[] bytes, @Nullable BitSet starts) {
    this.bytes = bytes;
    this.starts = starts;
  }

  /** Where the {@code FRAME} opcodes stand that all scans met, in their order. */
  int[] frames() {
    return Arrays.copyOf(frames, frameCount);
  }

  /** The position after the {@code STOP} of the pickle that starts at {@code from}. */
  int end(int from) {
    long at = from;
    while (at >= 0 && at < bytes.length) {
      int opcode = bytes[(int) at] & 0xff;
      if (starts != null) {
        starts.set((int) at);
      }
      at++;
      if (opcode == Opcode.STOP) {
        return (int) at;
      }
      if (opcode == Opcode.FRAME) {
        frame((int) at - 1);
      }
      at = argument(opcode, (int) at);
    }
    return NO_END;
  }

  /** The position after the opcode's argument; negative or beyond the end where it is cut off. */
  private long argument(int opcode, int at) {
    return switch (opcode) {
      case Opcode.BINGET, Opcode.BINPUT, Opcode.BININT1, Opcode.PROTO, Opcode.EXT1 -> at + 1L;
      case Opcode.BININT2, Opcode.EXT2 -> at + 2L;
      case Opcode.BININT, Opcode.LONG_BINGET, Opcode.LONG_BINPUT, Opcode.EXT4 -> at + 4L;
      case Opcode.BINFLOAT, Opcode.FRAME -> at + 8L;
      case Opcode.SHORT_BINSTRING, Opcode.SHORT_BINBYTES, Opcode.LONG1, Opcode.SHORT_BINUNICODE ->
          counted(at, 1);
      case Opcode.BINUNICODE, Opcode.BINBYTES, Opcode.BINSTRING, Opcode.LONG4 -> counted(at, 4);
      case Opcode.BINUNICODE8, Opcode.BINBYTES8, Opcode.BYTEARRAY8 -> counted(at, 8);
      case Opcode.GLOBAL, Opcode.INST -> line(line(at));
      case Opcode.INT, Opcode.LONG, Opcode.FLOAT, Opcode.STRING, Opcode.UNICODE -> line(at);
      case Opcode.PERSID, Opcode.GET, Opcode.PUT -> line(at);
      default -> at;
    };
  }

  private long counted(int at, int size) {
    if (bytes.length - at < size) {
      return NO_END;
    }
    long length =
        switch (size) {
          case 1 -> bytes[at] & 0xff;
          case 4 -> (int) INT.get(bytes, at) & 0xffff_ffffL;
          default -> (long) LONG.get(bytes, at);
        };
    return length < 0 || length > bytes.length ? NO_END : at + size + length;
  }

  private int line(int from) {
    if (from < 0) {
      return NO_END;
    }
    for (int at = from; at < bytes.length; at++) {
      if (bytes[at] == '\n') {
        return at + 1;
      }
    }
    return NO_END;
  }

  private void frame(int at) {
    if (frameCount == frames.length) {
      frames = Arrays.copyOf(frames, frameCount * 2);
    }
    frames[frameCount++] = at;
  }
}
