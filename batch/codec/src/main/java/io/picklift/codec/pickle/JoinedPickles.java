package io.picklift.codec.pickle;

import io.picklift.codec.bytes.ByteOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Pickles of one pickler as one pickle: a list of their roots. It has their opcodes in their order,
 * without what starts, frames and ends each of them.
 */
final class JoinedPickles {
  private final ByteOutput out = new ByteOutput();
  private final byte[] value;
  private final int[] ends;
  private final int[] frames;

  /** Where each piece starts here, and in the value. */
  private int[] startsHere = new int[16];

  private int[] startsInValue = new int[16];
  private int count;

  /**
   * Joins the pickles of a value.
   *
   * @param ends where each of them ends
   * @param frames where the {@code FRAME} opcodes stand
   */
  JoinedPickles(byte[] value, int[] ends, int[] frames, boolean hasProto) {
    this.value = value;
    this.ends = ends;
    this.frames = frames;
    int start = hasProto ? 2 : 0;
    out.put(value, 0, start);
    out.put(Opcode.MARK);
    int frame = 0;
    int at = 0;
    for (int end : ends) {
      at += start;
      for (; frame < frames.length && frames[frame] < end; frame++) {
        piece(at, frames[frame]);
        at = frames[frame] + Opcode.FRAME_SIZE;
      }
      piece(at, end - 1);
      at = end;
    }
    out.put(Opcode.LIST);
    out.put(Opcode.STOP);
  }

  private void piece(int from, int to) {
    if (count == startsHere.length) {
      startsHere = Arrays.copyOf(startsHere, count * 2);
      startsInValue = Arrays.copyOf(startsInValue, count * 2);
    }
    startsHere[count] = out.size();
    startsInValue[count] = from;
    count++;
    out.put(value, from, to - from);
  }

  byte[] pickle() {
    return out.toArray();
  }

  /** Where in the value a position in the pickle lies. */
  int inValue(int position) {
    int piece = Arrays.binarySearch(startsHere, 0, count, position);
    if (piece < 0) {
      piece = -piece - 2;
    } else {
      // Of pieces that start at one position the last one is not empty.
      while (piece + 1 < count && startsHere[piece + 1] == position) {
        piece++;
      }
    }
    return position - startsHere[piece] + startsInValue[piece];
  }

  /** Bytes of all pickles without their {@code FRAME} opcodes. */
  long bodyLength() {
    return ends[ends.length - 1] - (long) Opcode.FRAME_SIZE * frames.length;
  }

  /** The frames as a pickle's style has them. */
  long[] frames() {
    ByteBuffer bytes = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    long[] pairs = new long[2 * frames.length];
    for (int i = 0; i < frames.length; i++) {
      pairs[2 * i] = frames[i] - (long) Opcode.FRAME_SIZE * i;
      pairs[2 * i + 1] = bytes.getLong(frames[i] + 1);
    }
    return pairs;
  }
}
