package io.picklift.app.encoding.text;

import io.picklift.app.encoding.compressed.Compressions;
import io.picklift.app.encoding.format.ByteLiterals;
import io.picklift.app.encoding.format.Encoding;
import io.picklift.app.encoding.format.EncodingException;
import io.picklift.app.encoding.format.OutputBudget;
import io.picklift.app.encoding.format.PickleShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A header that the content tells: up to 128 bytes ahead of something that can be told to be a
 * pickle or to be wrapped, such as {@code $2$}, or a digest in hex and a colon. A style is the
 * header itself.
 */
final class Header implements Encoding {
  private static final int LONGEST = 128;
  private static final int PROTO = 0x80;
  private static final String SEPARATORS = ":$|;,!?.#~= \n\0";

  /** How long a text has to be for its alphabet to tell something. */
  private static final int PROOF = 24;

  private static final int SHORTEST_TEXT = 8;

  /** So many hex digits ahead, with nothing behind them, are a digest. */
  private static final List<Integer> DIGESTS = List.of(32, 40, 56, 64, 96, 128);

  /** Fewer bytes are no signature, but a mark or a version. */
  private static final int SHORTEST_SIGNATURE = 16;

  /** As Bottle and others write it: a signature in base64 and a mark. */
  private static final Pattern SIGNATURE = Pattern.compile("!?[A-Za-z0-9+/_-]{22,}={0,2}[?!|]");

  @Override
  public String label() {
    return Prefix.LABEL;
  }

  @Override
  public boolean detects(byte[] bytes) {
    return bytes.length > 4;
  }

  @Override
  public boolean isWeak() {
    return true;
  }

  @Override
  public List<byte[]> undo(byte[] bytes, OutputBudget room) throws EncodingException {
    room.check(bytes.length);
    List<byte[]> found = new ArrayList<>();
    if (bytes[0] == (byte) 0xc2 && (bytes[1] & 0xff) == PROTO) {
      // No header, but the first byte of a pickle that was stored as UTF-8.
      return found;
    }
    int end = Math.min(LONGEST + 1, bytes.length - 2);
    for (int at = 1; at < end; at++) {
      boolean isBehind =
          SEPARATORS.indexOf(bytes[at - 1]) >= 0
              || (DIGESTS.contains(at) && hexDigits(bytes) == at)
              || (at >= DIGESTS.get(0) && isMarkedText(bytes, at) && hexDigits(bytes) == at);
      if (isBinary(bytes, at) || (isBehind && isText(bytes, at))) {
        byte[] rest = Arrays.copyOfRange(bytes, at, bytes.length);
        if (isBehind || isMarked(rest)) {
          found.add(rest);
        }
      }
    }
    return found;
  }

  /** Whether base64 of a pickle of protocol 2 to 5 may begin here. */
  private static boolean isMarkedText(byte[] bytes, int at) {
    return at + 2 < bytes.length
        && bytes[at] == 'g'
        && bytes[at + 1] == 'A'
        && bytes[at + 2] >= 'I'
        && bytes[at + 2] <= 'X';
  }

  private static int hexDigits(byte[] bytes) {
    int n = 0;
    while (n < bytes.length && java.util.HexFormat.isHexDigit(bytes[n])) {
      n++;
    }
    return n;
  }

  private static boolean isBinary(byte[] bytes, int at) {
    int first = bytes[at] & 0xff;
    return (first == PROTO && bytes[at + 1] >= 2 && bytes[at + 1] <= 5) || isSignature(bytes, at);
  }

  private static boolean isSignature(byte[] bytes, int at) {
    byte[] head = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 16));
    for (Encoding encoding : Compressions.list()) {
      if (encoding.isCertain() && encoding.detects(head)) {
        return true;
      }
    }
    return false;
  }

  /** In the middle of binary data a signature of two bytes is nothing rare. */
  private static boolean isMarked(byte[] rest) {
    return (rest[0] & 0xff) != PROTO || PickleShape.isWhole(rest);
  }

  /** Whether a text of base64 or hex may begin here, or a pickle of a text protocol. */
  private static boolean isText(byte[] bytes, int at) {
    int end = Math.min(bytes.length, at + PROOF);
    int digits = at;
    while (digits < end && (Base64Text.isDigit(bytes[digits]) || bytes[digits] == '=')) {
      digits++;
    }
    boolean isAlphabet = digits == end && end - at >= SHORTEST_TEXT;
    return isAlphabet || PickleShape.isDone(Arrays.copyOfRange(bytes, at, bytes.length));
  }

  @Override
  public List<String> styles(byte[] outer, byte[] inner) {
    return stylesOf(outer, inner);
  }

  static List<String> stylesOf(byte[] outer, byte[] inner) {
    return List.of(ByteLiterals.of(Arrays.copyOf(outer, outer.length - inner.length)));
  }

  @Override
  public byte[] make(byte[] inner, String style) {
    return ByteLiterals.join(ByteLiterals.bytes(style), inner);
  }

  @Override
  public boolean isSigned(String style) {
    return isSignature(ByteLiterals.bytes(style));
  }

  /** Whether a header may be a signature over what follows. */
  static boolean isSignature(byte[] header) {
    return hexDigits(header) >= SHORTEST_SIGNATURE * 2
        || SIGNATURE.matcher(ByteLiterals.latin1(header)).matches()
        || (header.length >= SHORTEST_SIGNATURE && !ByteLiterals.isAsciiText(header));
  }
}
