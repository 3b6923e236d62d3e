package io.picklift.schema.profile.scalar;

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

  /** {@link ValueHash#of} the bytes. */
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
    long hash = ValueHash.begin(length);
    long all = 0;
    int end = offset + length;
    int at = offset;
    for (; at <= end - 2 * Long.BYTES; at += 2 * Long.BYTES) {
      long first = ValueHash.word(utf8, at);
      long second = ValueHash.word(utf8, at + Long.BYTES);
      hash = ValueHash.next(hash, first, second);
      all |= first | second;
    }
    if (at < end) {
      long first = ValueHash.word(utf8, at, end);
      long second = at + Long.BYTES < end ? ValueHash.word(utf8, at + Long.BYTES, end) : 0;
      hash = ValueHash.next(hash, first, second);
      all |= first | second;
    }
    // Nearly all texts are ASCII.
    return (all & HIGH_BITS) == 0
        ? new TextScan(ValueHash.of(hash), length, false)
        : beyondAscii(ValueHash.of(hash), utf8, offset, end);
  }

  private static TextScan beyondAscii(long hash, byte[] utf8, int offset, int end) {
    int goingOn = 0;
    long leads = 0;
    for (int at = offset; at < end; at += Long.BYTES) {
      long word = ValueHash.word(utf8, at, end);
      goingOn += goingOn(word);
      leads |= leads(word);
    }
    return new TextScan(
        hash, end - offset - goingOn, leads != 0 && hasSurrogate(utf8, offset, end));
  }

  /** How many bytes are not the first of a character's. */
  private static int goingOn(long word) {
    return Long.bitCount(word & ~(word << 1) & HIGH_BITS);
  }

  /** Not 0 where one of the bytes is {@link #LEAD}. */
  private static long leads(long word) {
    long others = word ^ LEADS;
    return (others - LOW_BITS) & ~others & HIGH_BITS;
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
