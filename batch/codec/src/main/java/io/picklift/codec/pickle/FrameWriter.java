package io.picklift.codec.pickle;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.BitSet;

/** Puts {@code FRAME} opcodes into a pickle that was written without them. */
final class FrameWriter {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private FrameWriter() {}

  /**
   * The pickle with its frames and what came after {@code STOP}.
   *
   * @param frames pairs of (where it starts in the body, its length)
   */
  static byte[] insert(PickleOutput body, long[] frames, byte[] trailing) {
    byte[] from = body.array();
    int size = body.size();
    byte[] out = new byte[size + frames.length / 2 * Opcode.FRAME_SIZE + trailing.length];
    int copied = 0;
    int at = 0;
    for (int i = 0; i < frames.length; i += 2) {
      int start = (int) frames[i];
      System.arraycopy(from, copied, out, at, start - copied);
      at += start - copied;
      copied = start;
      out[at] = (byte) Opcode.FRAME;
      LONG.set(out, at + 1, frames[i + 1]);
      at += Opcode.FRAME_SIZE;
    }
    System.arraycopy(from, copied, out, at, size - copied);
    System.arraycopy(trailing, 0, out, at + size - copied, trailing.length);
    return out;
  }

  /**
   * Whether frames start and end where an opcode does: a graph may be an edited one whose pickle is
   * as long as it was.
   *
   * @param frames pairs of (where it starts in the body, its length)
   */
  static boolean fit(PickleOutput body, long[] frames) {
    if (frames.length == 0) {
      return true;
    }
    BitSet starts = new BitSet(body.size());
    PickleScan scan = new PickleScan(body.array(), starts);
    int at = 0;
    while (at >= 0 && at < body.size()) {
      at = scan.end(at);
    }
    starts.set(body.size());
    for (int i = 0; i < frames.length; i += 2) {
      if (!starts.get((int) frames[i]) || !starts.get((int) (frames[i] + frames[i + 1]))) {
        return false;
      }
    }
    return true;
  }
}
