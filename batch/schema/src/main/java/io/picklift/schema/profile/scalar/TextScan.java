package io.picklift.schema.profile.scalar;

/**
 * What a profile asks of a text, found in one pass over its UTF-8 without making the text: texts
 * are most of what there is to read. One for many texts: an object for each costs something.
 */
final class TextScan {
  private static final long HIGH_BITS = 0x8080808080808080L;

  private static final long LOW_BITS = 0x0101010101010101L;

  /** What surrogates begin with, and some characters. */
  private static final byte LEAD = (byte) 0xed;

  private static final long LEADS = 0xededededededededL;

  private long hash;
  private int characters;
  private boolean hasSurrogate;

  TextScan() {}

  /** Reads a text. Until the next one is read, the others tell of this one. */
  void read(byte[] utf8, int offset, int length) {
    long mixed = ValueHash.begin(length);
    int end = offset + length;
    int at = offset;
    // Nearly all texts are ASCII, or begin so.
    for (; at <= end - 2 * Long.BYTES; at += 2 * Long.BYTES) {
      long first = ValueHash.word(utf8, at);
      long second = ValueHash.word(utf8, at + Long.BYTES);
      if (((first | second) & HIGH_BITS) != 0) {
        break;
      }
      mixed = ValueHash.next(mixed, first, second);
    }
    int goingOn = 0;
    long leads = 0;
    for (; at <= end - 2 * Long.BYTES; at += 2 * Long.BYTES) {
      long first = ValueHash.word(utf8, at);
      long second = ValueHash.word(utf8, at + Long.BYTES);
      mixed = ValueHash.next(mixed, first, second);
      goingOn += goingOn(first, second);
      leads |= leads(first) | leads(second);
    }
    if (at < end) {
      long first = ValueHash.word(utf8, at, end);
      long second = at + Long.BYTES < end ? ValueHash.word(utf8, at + Long.BYTES, end) : 0;
      mixed = ValueHash.next(mixed, first, second);
      goingOn += goingOn(first, second);
      leads |= leads(first) | leads(second);
    }
    hash = ValueHash.of(mixed);
    characters = length - goingOn;
    hasSurrogate = (leads & HIGH_BITS) != 0 && hasSurrogate(utf8, offset, end);
  }

  /** {@link ValueHash#of} the bytes. */
  long hash() {
    return hash;
  }

  /** In code points. */
  int characters() {
    return characters;
  }

  boolean hasSurrogate() {
    return hasSurrogate;
  }

  /** How many bytes are not the first of a character's. */
  private static int goingOn(long first, long second) {
    long ofFirst = first & ~(first << 1) & HIGH_BITS;
    long ofSecond = second & ~(second << 1) & HIGH_BITS;
    return Long.bitCount(ofFirst | ofSecond >>> 1);
  }

  /** Has one of {@link #HIGH_BITS} where one of the bytes is {@link #LEAD}. */
  private static long leads(long word) {
    long others = word ^ LEADS;
    return (others - LOW_BITS) & ~others;
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
