package io.picklift.app.encoding;

import io.picklift.app.encoding.format.ByteLiterals;
import io.picklift.app.encoding.format.Encoding;
import io.picklift.app.encoding.format.EncodingException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The names of the damage that text columns and transfers do to bytes, and what to say about each.
 */
public final class DamageNames {
  /** The code of damage that can be mended begins so; its name follows. */
  public static final String CODE = "damaged_";

  /** The code of damage that cannot. */
  public static final String LOST = "damaged_lost";

  private static final byte[] REPLACED = {(byte) 0xef, (byte) 0xbf, (byte) 0xbd};

  /** The first byte of a pickle taken for Latin-1, and for CP1252. */
  private static final List<byte[]> AS_UTF_8 =
      List.of(
          new byte[] {(byte) 0xc2, (byte) 0x80},
          new byte[] {(byte) 0xe2, (byte) 0x82, (byte) 0xac});

  private static final int PROTO = 0x80;
  private static final int LEAST_DROPPED = 10;

  /** From this protocol on there are frames. */
  private static final int FIRST_FRAMED = 4;

  private DamageNames() {}

  static EncodingException refused(Unpacked mended) {
    String names =
        mended.layers().stream()
            .map(EncodingLayer::encoding)
            .filter(Encoding::isDamage)
            .map(Encoding::label)
            .distinct()
            .collect(Collectors.joining("+"));
    return new EncodingException(
        CODE + names.replace('-', '_'), names + "; to repair it, set repair: true under source");
  }

  /** Refuses a pickle whose bytes beyond ASCII were replaced: what they were is lost. */
  static void check(byte[] blob) throws EncodingException {
    boolean isMark = blob.length > 4 && blob[0] == '?' && isProtocol(blob[1]);
    boolean isReplaced =
        blob.length > 6 && ByteLiterals.startsWith(blob, 0, REPLACED) && isProtocol(blob[3]);
    boolean isWide =
        blob.length > 4
            && (blob[0] & 0xff) == PROTO
            && blob[1] == 0
            && isProtocol(blob[2])
            && blob[3] == 0;
    if (isWide) {
      throw new EncodingException(
          CODE + "utf16",
          "its bytes were stored as characters of UTF-16: convert the column first");
    }
    if (isDropped(blob)) {
      throw new EncodingException(
          LOST, "bytes beyond ASCII were dropped when it was stored as text; they are lost");
    }
    if (isMark || isReplaced) {
      throw new EncodingException(
          LOST,
          "bytes beyond ASCII were replaced by "
              + (isMark ? "'?'" : "U+FFFD")
              + " when it was stored as text; they are lost");
    }
  }

  /** Whether it begins as a pickle does whose bytes were stored as UTF-8. */
  static boolean isAsUtf8(byte[] bytes) {
    for (byte[] mark : AS_UTF_8) {
      if (bytes.length > mark.length
          && ByteLiterals.startsWith(bytes, 0, mark)
          && isProtocol(bytes[mark.length])) {
        return true;
      }
    }
    return false;
  }

  /** Whether it begins as a pickle does, less what is no ASCII: the first byte at least. */
  private static boolean isDropped(byte[] blob) {
    if (blob.length < LEAST_DROPPED || !isProtocol(blob[0])) {
      return false;
    }
    for (byte b : blob) {
      if (b < 0) {
        return false;
      }
    }
    if (blob[0] < FIRST_FRAMED) {
      return "}](cXIJGUKMN".indexOf(blob[1]) >= 0;
    }
    // The frame's opcode went; of the eight bytes of its length, the zeros stayed behind two
    // others.
    return blob[3] == 0 && blob[4] == 0 && blob[5] == 0 && blob[6] == 0;
  }

  private static boolean isProtocol(byte b) {
    return b >= 2 && b <= 5;
  }
}
