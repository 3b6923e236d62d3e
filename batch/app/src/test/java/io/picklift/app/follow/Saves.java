package io.picklift.app.follow;

import io.picklift.app.job.Game;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** The game's saves with a text more, which no mapping names: each is another one, and longer. */
final class Saves {
  private static final int FRAME_LENGTH_AT = 3;

  /** The end of a pickled object's state, the object, and the pickle. */
  private static final int END = 3;

  private static final byte SHORT_TEXT = (byte) 0x8c;
  private static final byte TEXT = 'X';
  private static final byte MEMOIZE = (byte) 0x94;
  private static final String NAME = "notes";

  private Saves() {}

  /**
   * A save as Python would pickle it, at protocol 4 or 5.
   *
   * @param bytes how long it is about
   */
  static byte[] random(Random random, int bytes) throws IOException {
    byte[] save = Game.save(3 * random.nextInt(4) + 1 + random.nextInt(2));
    int length = Math.max(1, bytes - save.length);
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      text[i] = (byte) ('a' + random.nextInt(26));
    }
    byte[] name = NAME.getBytes(StandardCharsets.US_ASCII);
    int more = 2 + name.length + 1 + 1 + Integer.BYTES + length + 1;
    ByteBuffer longer = ByteBuffer.allocate(save.length + more).order(ByteOrder.LITTLE_ENDIAN);
    longer.put(save, 0, save.length - END);
    longer.put(SHORT_TEXT).put((byte) name.length).put(name).put(MEMOIZE);
    longer.put(TEXT).putInt(length).put(text).put(MEMOIZE);
    longer.put(save, save.length - END, END);
    longer.putLong(FRAME_LENGTH_AT, longer.getLong(FRAME_LENGTH_AT) + more);
    return longer.array();
  }
}
