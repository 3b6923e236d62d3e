package io.picklift.schema.profile;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What a profile asks of a text, found in one pass over its UTF-8 without making the text: texts
 * are most of what there is to read.
 */
final class TextScan {
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long LOW_BITS = 0x0101010101010101L;

  /** What surrogates begin with, and some characters. */
  private static final byte LEAD = (byte) 0xed;

  private static final long LEADS = 0xededededededededL;
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** {@link Hash#of} the bytes. */
  final long hash;

  /** In code points. */
  final int characters;

  final boolean hasSurrogate;

  private TextScan(long hash, int characters, boolean hasSurrogate) {
    this.hash = hash;
    this.characters = characters;
    this.hasSurrogate = hasSurrogate;
  }

  static TextScan of(byte[] utf8, int offset, int length) {
    long hash = Hash.begin(length);
    long leads = 0;
    int goingOn = 0;
    int at = offset;
    int end = offset + length;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      long word = (long) WORDS.get(utf8, at);
      hash = Hash.next(hash, word);
      goingOn += Long.bitCount(word & ~(word << 1) & HIGH_BITS);
      long others = word ^ LEADS;
      leads |= (others - LOW_BITS) & ~others & HIGH_BITS;
    }
    for (; at < end; at++) {
      byte b = utf8[at];
      hash = Hash.next(hash, b);
      goingOn += b < -64 ? 1 : 0;
      leads |= b == LEAD ? 1 : 0;
    }
    return new TextScan(
        Hash.of(hash), length - goingOn, leads != 0 && hasSurrogate(utf8, offset, end));
  }

  /** A surrogate is ED A0..BF xx. */
  private static boolean hasSurrogate(byte[] utf8, int offset, int end) {
    for (int i = offset + 1; i < end; i++) {
      if (utf8[i - 1] == LEAD && utf8[i] >= -96 && utf8[i] < -64) {
        return true;
      }
    }
    return false;
  }
}
