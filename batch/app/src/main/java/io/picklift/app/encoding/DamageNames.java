package io.picklift.app.encoding;

import io.picklift.app.encoding.format.ByteLiterals;
import io.picklift.app.encoding.format.Encoding;
import io.picklift.app.encoding.format.EncodingException;
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
        CODE + names.replace('-', '_'),
        "damaged: " + names + "; it can be mended: set repair: true under source");
  }

  /** Refuses a pickle whose bytes beyond ASCII were replaced: what they were is lost. */
  static void check(byte[] blob) throws EncodingException {
    boolean isMark = blob.length > 4 && blob[0] == '?' && isProtocol(blob[1]);
    boolean isReplaced =
        blob.length > 6 && ByteLiterals.startsWith(blob, 0, REPLACED) && isProtocol(blob[3]);
    if (isMark || isReplaced) {
      throw new EncodingException(
          LOST,
          "damaged: bytes beyond ASCII were replaced by "
              + (isMark ? "'?'" : "U+FFFD")
              + " when it was stored as text; they are lost");
    }
  }

  private static boolean isProtocol(byte b) {
    return b >= 2 && b <= 5;
  }
}
